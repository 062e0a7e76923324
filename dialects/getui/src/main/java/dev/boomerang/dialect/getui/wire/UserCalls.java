// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui.wire;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.dialect.getui.Getui;
import dev.boomerang.dialect.getui.Users;
import dev.boomerang.dialect.getui.Users.Left;
import dev.boomerang.dialect.getui.access.Caller;
import dev.boomerang.model.registration.Registration;
import dev.boomerang.web.field.Fields;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Aliases, the blacklist, badges, who is there.
///
/// Source: Getui "V1 server SDK", users.
final class UserCalls {
  private static final int MAX_CIDS = 1_000;
  private static final long ADD = 1;
  private static final long REMOVE = 2;
  private static final String CIDS = "cid";
  private static final String DEVICE_TOKENS = "deviceToken";

  private final Users users;

  UserCalls(Getui getui) {
    this.users = getui.users();
  }

  ObjectNode status(Caller caller, Fields fields) {
    Optional<Registration> person =
        users.find(caller.id(), fields.requiredText("clientId", Lenient.MAX_NAME));
    if (person.isEmpty()) {
      return Answers.of(Result.NOBODY);
    }
    return users.isOnline(person.get())
        ? Answers.of(Result.ONLINE)
        : Answers.of(Result.OFFLINE)
            .put("lastLogin", Long.toString(person.get().seenAt().toEpochMilli()));
  }

  ObjectNode bind(Caller caller, Fields fields) {
    String alias = fields.requiredText("alias", Lenient.MAX_NAME);
    users.bind(caller.id(), Map.of(Lenient.cid(fields, "cid"), alias));
    return Answers.ok();
  }

  ObjectNode bindAll(Caller caller, Fields fields) {
    Map<String, String> aliasByCid = new LinkedHashMap<>();
    for (Fields entry : fields.entries("aliaslist", MAX_CIDS)) {
      aliasByCid.put(Lenient.cid(entry, "cid"), entry.requiredText("alias", Lenient.MAX_NAME));
    }
    if (aliasByCid.isEmpty()) {
      throw new ResultFault(Result.NO_TARGETS);
    }
    users.bind(caller.id(), aliasByCid);
    return Answers.ok();
  }

  ObjectNode alias(Caller caller, Fields fields) {
    Optional<String> alias = Lenient.name(fields, "alias");
    if (alias.isEmpty()) {
      return users
          .alias(caller.id(), Lenient.cid(fields, "cid"))
          .map(found -> Answers.ok().put("alias", found))
          .orElseThrow(() -> new ResultFault(Result.ALIAS_NOT_BOUND));
    }
    List<String> cids = users.cids(caller.id(), alias.get());
    if (cids.isEmpty()) {
      throw new ResultFault(Result.ALIAS_NOT_BOUND);
    }
    ObjectNode answer = Answers.ok();
    var list = answer.putArray("cidlist");
    cids.forEach(list::add);
    return answer;
  }

  /// Without a cid, from everyone who has it.
  ObjectNode unbind(Caller caller, Fields fields) {
    String alias = fields.requiredText("alias", Lenient.MAX_NAME);
    Lenient.name(fields, "cid")
        .ifPresentOrElse(
            cid -> users.unbind(caller.id(), Lenient.checked(cid), alias),
            () -> users.unbind(caller.id(), alias));
    return Answers.ok();
  }

  ObjectNode blackList(Caller caller, Fields fields) {
    List<String> cids = Lenient.names(fields, "cidList", MAX_CIDS);
    if (cids.isEmpty()) {
      throw new ResultFault(Result.NO_TARGETS);
    }
    long type = fields.requiredNumber("optType", ADD, REMOVE);
    Left left = users.block(caller.id(), cids, type == ADD);
    boolean isAnyDone = left.strangers().size() < cids.size();
    return withInvalid(
        Answers.of(isAnyDone ? Result.OK : Result.BLACK_LIST_FAILED), left.strangers());
  }

  /// Apple's device tokens are unknown here: they are answered for like cids of others.
  ObjectNode badge(Caller caller, Fields fields) {
    String badge = Users.badgeChange(fields);
    List<String> cids = Lenient.names(fields, CIDS, MAX_CIDS);
    List<String> deviceTokens = Lenient.names(fields, DEVICE_TOKENS, MAX_CIDS);
    if (cids.isEmpty()) {
      throw new ResultFault(deviceTokens.isEmpty() ? Result.NO_TARGETS : Result.NO_DEVICE_TOKEN);
    }
    var invalid = new ArrayList<>(users.badge(caller.id(), cids, badge).strangers());
    if (invalid.size() == cids.size()) {
      throw new ResultFault(Result.UNKNOWN_USER);
    }
    invalid.addAll(deviceTokens);
    return withInvalid(Answers.ok(), invalid);
  }

  static ObjectNode withInvalid(ObjectNode answer, List<String> strangers) {
    if (!strangers.isEmpty()) {
      var list = answer.putArray("invalidCidList");
      strangers.forEach(list::add);
    }
    return answer;
  }
}
