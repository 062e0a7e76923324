// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui.v2;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.dialect.getui.push.PushResult;
import dev.boomerang.dialect.getui.push.TargetStatus;
import dev.boomerang.web.field.Json;
import dev.boomerang.web.http.Reply;

/// Writes `{"code": 0, "msg": "success", "data": …}`, without data where there is none.
final class V2Replies {
  private V2Replies() {}

  static Reply success() {
    return V2Code.SUCCESS.reply();
  }

  static Reply of(JsonNode data) {
    ObjectNode body = Json.object().put("code", 0).put("msg", V2Code.SUCCESS.text());
    return Reply.json(200, Json.write(body.set("data", data)));
  }

  static ObjectNode byAlias(PushResult result) {
    ObjectNode json = Json.object();
    result.statusesByAlias().forEach((alias, cids) -> json.set(alias, TargetStatus.json(cids)));
    return json;
  }
}
