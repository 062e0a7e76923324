// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui.v2;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.dialect.getui.GetuiServices;
import dev.boomerang.dialect.getui.access.Caller;
import dev.boomerang.dialect.getui.user.BadgeChange;
import dev.boomerang.dialect.getui.user.UserDirectory;
import dev.boomerang.model.registration.Platform;
import dev.boomerang.model.registration.Registration;
import dev.boomerang.web.field.Fields;
import dev.boomerang.web.field.Json;
import dev.boomerang.web.http.Call;
import dev.boomerang.web.http.Reply;
import dev.boomerang.web.text.InvalidFieldException;
import dev.boomerang.web.text.InvalidFieldException.Kind;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// Tells about users and counts them; changes the blacklist and badges.
///
/// Source: Getui "RestAPI V2", user.
final class UserCalls {
  private static final int MAX_CHANGED = 200;
  private static final int MAX_ASKED = 1_000;
  private static final int MAX_DEVICES = 100;

  private final GetuiServices getui;
  private final UserDirectory users;

  UserCalls(GetuiServices getui) {
    this.getui = getui;
    this.users = getui.users();
  }

  Reply block(Caller caller, Call call) {
    users.block(caller.id(), requireKnown(caller, call), true);
    return V2Replies.success();
  }

  Reply unblock(Caller caller, Call call) {
    users.block(caller.id(), requireKnown(caller, call), false);
    return V2Replies.success();
  }

  /// Returns the cids, or refuses the call if one of them is not the app's, so that nothing is
  /// done.
  private List<String> requireKnown(Caller caller, Call call) {
    List<String> cids = cids(call, MAX_CHANGED);
    Map<String, Registration> registrationByCid = find(caller, cids);
    cids.stream()
        .filter(cid -> !registrationByCid.containsKey(cid))
        .findFirst()
        .ifPresent(
            unknownCid -> {
              throw V2CodeException.invalid("cid", "the app has no " + unknownCid);
            });
    return cids;
  }

  private static List<String> cids(Call call, int limit) {
    List<String> cids =
        Arrays.stream(call.param("cids").split(",", -1))
            .map(String::strip)
            .filter(cid -> !cid.isEmpty())
            .distinct()
            .toList();
    if (cids.isEmpty()) {
      throw new InvalidFieldException("cid", Kind.BLANK, "must be given");
    }
    if (cids.size() > limit) {
      throw new InvalidFieldException("cid", Kind.OUT_OF_RANGE, "must be at most " + limit);
    }
    return cids;
  }

  Reply status(Caller caller, Call call) {
    ObjectNode data = Json.object();
    find(caller, cids(call, MAX_ASKED))
        .forEach(
            (cid, registration) ->
                data.putObject(cid)
                    .put("last_login_time", Long.toString(lastSeen(registration).toEpochMilli()))
                    .put("status", onlineStatus(registration)));
    return V2Replies.of(data);
  }

  private Map<String, Registration> find(Caller caller, List<String> cids) {
    return users.find(caller.id(), cids);
  }

  private Instant lastSeen(Registration registration) {
    return users.isOnline(registration) ? getui.clock().instant() : registration.seenAt();
  }

  private String onlineStatus(Registration registration) {
    return users.isOnline(registration) ? "online" : "offline";
  }

  /// Answers the status of cids and of their devices, which is one: a cid is an app on a device.
  Reply deviceStatus(Caller caller, Call call) {
    ObjectNode data = Json.object();
    find(caller, cids(call, MAX_DEVICES))
        .forEach(
            (cid, registration) ->
                data.putObject(cid)
                    .put("cid_status", onlineStatus(registration))
                    .put("device_status", onlineStatus(registration)));
    return V2Replies.of(data);
  }

  Reply detail(Caller caller, Call call) {
    List<String> requested = cids(call, MAX_ASKED);
    Map<String, Registration> registrationByCid = find(caller, requested);
    ObjectNode data = Json.object();
    var invalid = data.putArray("invalidCids");
    requested.stream().filter(cid -> !registrationByCid.containsKey(cid)).forEach(invalid::add);
    ObjectNode valid = data.putObject("validCids");
    registrationByCid.forEach((cid, registration) -> detail(registration, valid.putObject(cid)));
    return V2Replies.of(data);
  }

  private static void detail(Registration registration, ObjectNode json) {
    Map<String, String> attributes = registration.device().attributes();
    json.put("client_app_id", registration.app().value())
        .put("package_name", attributes.getOrDefault("package", ""))
        .put(
            "device_token",
            registration.reachability().vendorTokens().values().stream()
                .sorted()
                .findFirst()
                .orElse(""))
        .put("phone_type", registration.device().platform() == Platform.IOS ? 2 : 1)
        .put("phoneModel", attributes.getOrDefault("model", ""))
        .put("notificationSwitch", registration.reachability().notificationsOn())
        .put("createTime", Long.toString(registration.createdAt().toEpochMilli()));
  }

  Reply badge(Caller caller, Call call) {
    Fields body = RequestBody.of(call);
    BadgeChange change = BadgeChange.read(body);
    users.changeBadges(caller.id(), requireKnown(caller, call), change);
    return V2Replies.success();
  }

  Reply count(Caller caller, Call call) {
    int count = users.count(caller.id(), AudienceReader.conditions(RequestBody.of(call)));
    return V2Replies.of(Json.object().put("user_count", count));
  }
}
