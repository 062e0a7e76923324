// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.mpaas;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.web.field.Json;
import dev.boomerang.web.http.Call;
import dev.boomerang.web.http.Reply;
import java.util.Locale;
import java.util.Optional;

/// How an answer is written. Every answer has a content type the clients take: Aliyun's Java client
/// throws on others.
enum Format {
  JSON,
  XML;

  /// The format a call asks for; empty if it asks for one that does not exist, and then the answer
  /// says so in JSON.
  ///
  /// Without a `Format`, source "公共参数": XML for the older scheme. ACS3 callers, and callers who
  /// name no action and so speak no scheme at all, get JSON: the clients among them parse nothing
  /// else.
  static Optional<Format> asked(Call call, Params params) {
    String name = params.text("Format").orElse("");
    if (name.isEmpty()) {
      return Optional.of(isAcs3(call) || !params.has("Action") ? JSON : XML);
    }
    return switch (name.toUpperCase(Locale.ROOT)) {
      case "JSON" -> Optional.of(JSON);
      case "XML" -> Optional.of(XML);
      default -> Optional.empty();
    };
  }

  static boolean isAcs3(Call call) {
    return call.header("Authorization").filter(a -> a.startsWith(Acs3Claim.FAMILY)).isPresent();
  }

  /// `root` names the whole where the format wants a name.
  Reply reply(int status, String root, ObjectNode answer) {
    return switch (this) {
      case JSON -> Reply.json(status, Json.write(answer));
      case XML -> Reply.of(status, "text/xml;charset=utf-8", Xml.write(root, answer));
    };
  }
}
