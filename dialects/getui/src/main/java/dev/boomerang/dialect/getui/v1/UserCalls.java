// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui.v1;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.dialect.getui.GetuiServices;
import dev.boomerang.dialect.getui.access.Caller;
import dev.boomerang.dialect.getui.user.BadgeChange;
import dev.boomerang.dialect.getui.user.UserDirectory;
import dev.boomerang.model.registration.Registration;
import dev.boomerang.web.field.Fields;
import dev.boomerang.web.field.Json;
import dev.boomerang.web.http.Call;
import dev.boomerang.web.http.Reply;
import dev.boomerang.web.text.InvalidFieldException.Kind;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Reads and changes aliases, tags, the blacklist, badges and who is online.
///
/// Source: Getui "REST API V1", users.
final class UserCalls {
  private static final int MAX_LIST = 1_000;
  private static final int MAX_NAME = AudienceReader.MAX_NAME;

  private final GetuiServices getui;
  private final UserDirectory users;

  UserCalls(GetuiServices getui) {
    this.getui = getui;
    this.users = getui.users();
  }

  private static Fields body(Call call) {
    return Fields.of(call.body(), "the body");
  }

  Reply bind(Caller caller, Call call) {
    Fields body = body(call);
    Map<String, String> pairs = new LinkedHashMap<>();
    for (Fields pair : body.entries("alias_list", MAX_LIST)) {
      pairs.put(pair.requiredText("cid", MAX_NAME), pair.requiredText("alias", MAX_NAME));
    }
    if (pairs.isEmpty()) {
      throw body.invalid("alias_list", Kind.MISSING, "must be given");
    }
    users.bindAliases(caller.id(), pairs);
    return V1Result.ok();
  }

  Reply unbind(Caller caller, Call call) {
    Fields body = body(call);
    String cid = body.requiredText("cid", MAX_NAME);
    users.unbindAlias(caller.id(), cid, body.requiredText("alias", MAX_NAME));
    return V1Result.ok();
  }

  Reply unbindAll(Caller caller, Call call) {
    users.unbindAlias(caller.id(), body(call).requiredText("alias", MAX_NAME));
    return V1Result.ok();
  }

  Reply cids(Caller caller, Call call) {
    List<String> cids = users.cids(caller.id(), call.param("alias"));
    if (cids.isEmpty()) {
      throw new V1ResultException(V1Result.ALIAS_NOTBIND);
    }
    ObjectNode answer = Json.object();
    cids.forEach(answer.putArray("cid")::add);
    return V1Result.ok(answer);
  }

  Reply alias(Caller caller, Call call) {
    String alias = users.alias(caller.id(), call.param("cid")).orElse("");
    return V1Result.ok(Json.object().put("alias", alias));
  }

  /// Replaces all tags of a cid.
  Reply setTags(Caller caller, Call call) {
    Fields body = body(call);
    String cid = body.requiredText("cid", MAX_NAME);
    if (!body.has("tag_list")) {
      throw body.invalid("tag_list", Kind.MISSING, "must be given");
    }
    users.setTags(caller.id(), cid, body.texts("tag_list", MAX_LIST, MAX_NAME));
    return V1Result.ok();
  }

  Reply tags(Caller caller, Call call) {
    String tags =
        users.tags(caller.id(), call.param("cid")).stream()
            .sorted()
            .collect(Collectors.joining(" "));
    return V1Result.ok(Json.object().put("tags", tags));
  }

  Reply block(Caller caller, Call call) {
    users.block(caller.id(), requireKnown(caller, body(call), "cid"), true);
    return V1Result.ok();
  }

  Reply unblock(Caller caller, Call call) {
    users.block(caller.id(), requireKnown(caller, body(call), "cid"), false);
    return V1Result.ok();
  }

  /// Returns the cids, or refuses the call if one of them is not the app's, so that nothing is
  /// done.
  private List<String> requireKnown(Caller caller, Fields body, String name) {
    List<String> cids = body.texts(name, MAX_LIST, MAX_NAME);
    if (cids.isEmpty()) {
      throw body.invalid(name, Kind.MISSING, "must be given");
    }
    if (!users.find(caller.id(), cids).keySet().containsAll(cids)) {
      throw new V1ResultException(V1Result.NO_USER);
    }
    return cids;
  }

  Reply status(Caller caller, Call call) {
    String cid = call.param("cid");
    Registration registration =
        users.find(caller.id(), cid).orElseThrow(() -> new V1ResultException(V1Result.NO_USER));
    boolean isOnline = users.isOnline(registration);
    Instant seen = isOnline ? getui.clock().instant() : registration.seenAt();
    return V1Result.ok(
        Json.object()
            .put("cid", cid)
            .put("lastlogin", Long.toString(seen.toEpochMilli()))
            .put("status", isOnline ? "online" : "offline"));
  }

  /// Changes badges by cid. Device tokens are APNs' own, and are checked only.
  Reply badge(Caller caller, Call call) {
    Fields body = body(call);
    BadgeChange change = BadgeChange.read(body);
    body.texts("devicetoken_list", MAX_LIST, 256);
    users.changeBadges(caller.id(), requireKnown(caller, body, "cid_list"), change);
    return V1Result.ok();
  }

  Reply count(Caller caller, Call call) {
    int count = users.count(caller.id(), AudienceReader.conditions(body(call)));
    return V1Result.ok(Json.object().put("user_count", count));
  }
}
