// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui.v2;

import dev.boomerang.dialect.getui.access.Caller;
import dev.boomerang.dialect.getui.user.UserDirectory;
import dev.boomerang.web.field.Fields;
import dev.boomerang.web.field.Json;
import dev.boomerang.web.http.Call;
import dev.boomerang.web.http.Reply;
import dev.boomerang.web.text.InvalidFieldException.Kind;
import java.util.LinkedHashMap;
import java.util.Map;

/// Reads and changes aliases. A cid has one, whatever `alias_type` says.
///
/// Source: Getui "RestAPI V2", user, alias.
final class AliasCalls {
  private static final int MAX_PAIRS = 1_000;
  private static final int MAX_NAME = 128;

  private final UserDirectory users;

  AliasCalls(UserDirectory users) {
    this.users = users;
  }

  /// Gives cids their aliases; one that cannot be given refuses them all.
  Reply bind(Caller caller, Call call) {
    users.bindAliases(caller.id(), pairs(call));
    return V2Replies.success();
  }

  /// Takes aliases off cids, one after the other: an unknown cid ends the call, and the pairs
  /// before it stay changed.
  Reply unbind(Caller caller, Call call) {
    pairs(call).forEach((cid, alias) -> users.unbindAlias(caller.id(), cid, alias));
    return V2Replies.success();
  }

  /// Returns aliases by cid; of a cid that is named twice, the last one counts.
  private static Map<String, String> pairs(Call call) {
    Fields body = RequestBody.of(call);
    Map<String, String> pairs = new LinkedHashMap<>();
    for (Fields pair : body.entries("data_list", MAX_PAIRS)) {
      pairs.put(pair.requiredText("cid", MAX_NAME), pair.requiredText("alias", MAX_NAME));
    }
    if (pairs.isEmpty()) {
      throw body.invalid("data_list", Kind.MISSING, "must be given");
    }
    return pairs;
  }

  Reply unbindAll(Caller caller, Call call) {
    users.unbindAlias(caller.id(), call.param("alias"));
    return V2Replies.success();
  }

  Reply ofCid(Caller caller, Call call) {
    String alias = users.alias(caller.id(), call.param("cid")).orElse("");
    return V2Replies.of(Json.object().put("alias", alias));
  }

  Reply cids(Caller caller, Call call) {
    var data = Json.object();
    users.cids(caller.id(), call.param("alias")).forEach(data.putArray("cid")::add);
    return V2Replies.of(data);
  }
}
