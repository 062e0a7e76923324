// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui.v2;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.dialect.getui.GetuiServices;
import dev.boomerang.dialect.getui.access.Caller;
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

/// What is known of users, the blacklist, badges, how many there are.
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
    users.block(caller.id(), checked(caller, call), true);
    return V2Replies.nothing();
  }

  Reply unblock(Caller caller, Call call) {
    users.block(caller.id(), checked(caller, call), false);
    return V2Replies.nothing();
  }

  /// All of them are the app's, or nothing is done.
  private List<String> checked(Caller caller, Call call) {
    List<String> cids = cids(call, MAX_CHANGED);
    Map<String, Registration> known = known(caller, cids);
    cids.stream()
        .filter(cid -> !known.containsKey(cid))
        .findFirst()
        .ifPresent(
            stranger -> {
              throw V2CodeException.invalid("cid", "the app has no " + stranger);
            });
    return cids;
  }

  private static List<String> cids(Call call, int most) {
    List<String> cids =
        Arrays.stream(call.param("cids").split(",", -1))
            .map(String::strip)
            .filter(cid -> !cid.isEmpty())
            .distinct()
            .toList();
    if (cids.isEmpty()) {
      throw new InvalidFieldException("cid", Kind.BLANK, "must be given");
    }
    if (cids.size() > most) {
      throw new InvalidFieldException("cid", Kind.OUT_OF_RANGE, "must be at most " + most);
    }
    return cids;
  }

  Reply status(Caller caller, Call call) {
    ObjectNode data = Json.object();
    known(caller, cids(call, MAX_ASKED))
        .forEach(
            (cid, person) ->
                data.putObject(cid)
                    .put("last_login_time", Long.toString(seen(person).toEpochMilli()))
                    .put("status", online(person)));
    return V2Replies.of(data);
  }

  private Map<String, Registration> known(Caller caller, List<String> cids) {
    return users.find(caller.id(), cids);
  }

  private Instant seen(Registration person) {
    return users.isOnline(person) ? getui.clock().instant() : person.seenAt();
  }

  private String online(Registration person) {
    return users.isOnline(person) ? "online" : "offline";
  }

  /// A cid is an app on a device, and we know the one by the other.
  Reply deviceStatus(Caller caller, Call call) {
    ObjectNode data = Json.object();
    known(caller, cids(call, MAX_DEVICES))
        .forEach(
            (cid, person) ->
                data.putObject(cid)
                    .put("cid_status", online(person))
                    .put("device_status", online(person)));
    return V2Replies.of(data);
  }

  Reply detail(Caller caller, Call call) {
    List<String> asked = cids(call, MAX_ASKED);
    Map<String, Registration> known = known(caller, asked);
    ObjectNode data = Json.object();
    var invalid = data.putArray("invalidCids");
    asked.stream().filter(cid -> !known.containsKey(cid)).forEach(invalid::add);
    ObjectNode valid = data.putObject("validCids");
    known.forEach((cid, person) -> detail(person, valid.putObject(cid)));
    return V2Replies.of(data);
  }

  private static void detail(Registration person, ObjectNode json) {
    Map<String, String> attributes = person.device().attributes();
    json.put("client_app_id", person.app().value())
        .put("package_name", attributes.getOrDefault("package", ""))
        .put(
            "device_token",
            person.reachability().vendorTokens().values().stream().sorted().findFirst().orElse(""))
        .put("phone_type", person.device().platform() == Platform.IOS ? 2 : 1)
        .put("phoneModel", attributes.getOrDefault("model", ""))
        .put("notificationSwitch", person.reachability().notificationsOn())
        .put("createTime", Long.toString(person.createdAt().toEpochMilli()));
  }

  Reply badge(Caller caller, Call call) {
    Fields body = RequestBody.of(call);
    String badge = UserDirectory.badgeChange(body);
    users.badge(caller.id(), checked(caller, call), badge);
    return V2Replies.nothing();
  }

  Reply count(Caller caller, Call call) {
    int count = users.count(caller.id(), AudienceReader.conditions(RequestBody.of(call)));
    return V2Replies.of(Json.object().put("user_count", count));
  }
}
