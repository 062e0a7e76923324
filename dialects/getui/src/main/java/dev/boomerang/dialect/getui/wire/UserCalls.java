// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui.wire;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.dialect.getui.GetuiServices;
import dev.boomerang.dialect.getui.access.Caller;
import dev.boomerang.dialect.getui.user.BadgeChange;
import dev.boomerang.dialect.getui.user.UserDirectory;
import dev.boomerang.dialect.getui.user.UserDirectory.SkippedCids;
import dev.boomerang.model.registration.Registration;
import dev.boomerang.web.field.Fields;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads and changes aliases, the blacklist, badges and who is online.
///
/// Source: Getui "V1 server SDK", users.
final class UserCalls {
  private static final int MAX_CIDS = 1_000;
  private static final long ADD = 1;
  private static final long REMOVE = 2;
  private static final String CIDS = "cid";
  private static final String DEVICE_TOKENS = "deviceToken";

  private final UserDirectory users;

  UserCalls(GetuiServices getui) {
    this.users = getui.users();
  }

  /// Answers whether a user is connected to the server; for one who is not, when they were last
  /// here, in milliseconds since 1970, as text.
  ObjectNode status(Caller caller, Fields fields) {
    Optional<Registration> registration =
        users.find(caller.id(), fields.requiredText("clientId", LenientFields.MAX_NAME));
    if (registration.isEmpty()) {
      return WireReplies.of(WireResult.NOBODY);
    }
    return users.isOnline(registration.get())
        ? WireReplies.of(WireResult.ONLINE)
        : WireReplies.of(WireResult.OFFLINE)
            .put("lastLogin", Long.toString(registration.get().seenAt().toEpochMilli()));
  }

  /// Gives a cid an alias, in the place of the one that it had.
  ObjectNode bind(Caller caller, Fields fields) {
    String alias = fields.requiredText("alias", LenientFields.MAX_NAME);
    users.bindAliases(caller.id(), Map.of(LenientFields.cid(fields, "cid"), alias));
    return WireReplies.ok();
  }

  /// Gives many cids their aliases; one that cannot be given refuses them all.
  ObjectNode bindAll(Caller caller, Fields fields) {
    Map<String, String> aliasByCid = new LinkedHashMap<>();
    for (Fields entry : fields.entries("aliaslist", MAX_CIDS)) {
      aliasByCid.put(
          LenientFields.cid(entry, "cid"), entry.requiredText("alias", LenientFields.MAX_NAME));
    }
    if (aliasByCid.isEmpty()) {
      throw new WireResultException(WireResult.NO_TARGETS);
    }
    users.bindAliases(caller.id(), aliasByCid);
    return WireReplies.ok();
  }

  /// Answers the cids of an alias or, if none is named, the alias of a cid.
  ObjectNode alias(Caller caller, Fields fields) {
    Optional<String> alias = LenientFields.name(fields, "alias");
    if (alias.isEmpty()) {
      return users
          .alias(caller.id(), LenientFields.cid(fields, "cid"))
          .map(found -> WireReplies.ok().put("alias", found))
          .orElseThrow(() -> new WireResultException(WireResult.ALIAS_NOT_BOUND));
    }
    List<String> cids = users.cids(caller.id(), alias.get());
    if (cids.isEmpty()) {
      throw new WireResultException(WireResult.ALIAS_NOT_BOUND);
    }
    ObjectNode answer = WireReplies.ok();
    var list = answer.putArray("cidlist");
    cids.forEach(list::add);
    return answer;
  }

  /// Takes an alias off a cid, or off everyone who has it if no cid is named.
  ObjectNode unbind(Caller caller, Fields fields) {
    String alias = fields.requiredText("alias", LenientFields.MAX_NAME);
    LenientFields.name(fields, "cid")
        .ifPresentOrElse(
            cid -> users.unbindAlias(caller.id(), LenientFields.checkedCid(cid), alias),
            () -> users.unbindAlias(caller.id(), alias));
    return WireReplies.ok();
  }

  /// Puts users on the blacklist or takes them off it. Unknown cids are listed; only if all are
  /// unknown the call fails.
  ObjectNode blackList(Caller caller, Fields fields) {
    List<String> cids = LenientFields.names(fields, "cidList", MAX_CIDS);
    if (cids.isEmpty()) {
      throw new WireResultException(WireResult.NO_TARGETS);
    }
    long type = fields.requiredNumber("optType", ADD, REMOVE);
    SkippedCids skipped = users.block(caller.id(), cids, type == ADD);
    boolean isAnyDone = skipped.unknownCids().size() < cids.size();
    return withInvalid(
        WireReplies.of(isAnyDone ? WireResult.OK : WireResult.BLACK_LIST_FAILED),
        skipped.unknownCids());
  }

  /// Changes badges. Apple's device tokens are unknown here; they are answered like other apps'
  /// cids.
  ObjectNode badge(Caller caller, Fields fields) {
    BadgeChange change = BadgeChange.read(fields);
    List<String> cids = LenientFields.names(fields, CIDS, MAX_CIDS);
    List<String> deviceTokens = LenientFields.names(fields, DEVICE_TOKENS, MAX_CIDS);
    if (cids.isEmpty()) {
      throw new WireResultException(
          deviceTokens.isEmpty() ? WireResult.NO_TARGETS : WireResult.NO_DEVICE_TOKEN);
    }
    var invalid = new ArrayList<>(users.changeBadges(caller.id(), cids, change).unknownCids());
    if (invalid.size() == cids.size()) {
      throw new WireResultException(WireResult.UNKNOWN_USER);
    }
    invalid.addAll(deviceTokens);
    return withInvalid(WireReplies.ok(), invalid);
  }

  /// Adds the cids that the app does not have, and no member at all if there are none.
  static ObjectNode withInvalid(ObjectNode answer, List<String> unknownCids) {
    if (!unknownCids.isEmpty()) {
      var list = answer.putArray("invalidCidList");
      unknownCids.forEach(list::add);
    }
    return answer;
  }
}
