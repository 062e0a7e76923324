// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.mpaas.gateway;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.dialect.mpaas.request.RequestParams;
import dev.boomerang.dialect.mpaas.signature.Acs3Signature;
import dev.boomerang.web.field.Json;
import dev.boomerang.web.http.Call;
import dev.boomerang.web.http.Reply;
import java.util.Locale;
import java.util.Optional;

/// The formats of an answer. Each has a content type that the clients accept: Aliyun's Java client
/// throws on others.
public enum ResponseFormat {
  JSON,
  XML;

  /// Returns the format that a call asks for; empty if there is no such format. The answer then
  /// says so in JSON.
  ///
  /// A call without `Format` gets XML in the older scheme (source: "公共参数"). ACS3 callers, and
  /// callers that name no action and so use no scheme at all, get JSON, because the clients among
  /// them parse nothing else.
  static Optional<ResponseFormat> requested(Call call, RequestParams requestParams) {
    String name = requestParams.text("Format").orElse("");
    if (name.isEmpty()) {
      return Optional.of(isAcs3(call) || !requestParams.has("Action") ? JSON : XML);
    }
    return switch (name.toUpperCase(Locale.ROOT)) {
      case "JSON" -> Optional.of(JSON);
      case "XML" -> Optional.of(XML);
      default -> Optional.empty();
    };
  }

  public static boolean isAcs3(Call call) {
    return call.header("Authorization")
        .filter(a -> a.startsWith(Acs3Signature.SCHEME_PREFIX))
        .isPresent();
  }

  /// Writes an answer. `root` names the outermost element where the format has one.
  Reply reply(int status, String root, ObjectNode answer) {
    return switch (this) {
      case JSON -> Reply.json(status, Json.write(answer));
      case XML -> Reply.of(status, "text/xml;charset=utf-8", XmlWriter.write(root, answer));
    };
  }
}
