// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui.v2;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.dialect.getui.Sent;
import dev.boomerang.dialect.getui.Status;
import dev.boomerang.web.field.Json;
import dev.boomerang.web.http.Reply;

/// `{"code": 0, "msg": "success", "data": …}`, without data where there is nothing to tell.
final class Answers {
  private Answers() {}

  static Reply nothing() {
    return Code.SUCCESS.reply();
  }

  static Reply of(JsonNode data) {
    ObjectNode body = Json.object().put("code", 0).put("msg", Code.SUCCESS.text());
    return Reply.json(200, Json.write(body.set("data", data)));
  }

  static ObjectNode byAlias(Sent sent) {
    ObjectNode json = Json.object();
    sent.aliases().forEach((alias, cids) -> json.set(alias, Status.json(cids)));
    return json;
  }
}
