// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui.wire;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.dialect.getui.Getui;
import dev.boomerang.dialect.getui.Order;
import dev.boomerang.dialect.getui.Sent;
import dev.boomerang.dialect.getui.Singles.Outcome;
import dev.boomerang.dialect.getui.Singles.Single;
import dev.boomerang.dialect.getui.Status;
import dev.boomerang.dialect.getui.Whom;
import dev.boomerang.dialect.getui.access.Caller;
import dev.boomerang.model.push.RequestKey;
import dev.boomerang.model.registration.Registration;
import dev.boomerang.web.field.Fields;
import dev.boomerang.web.text.InvalidFieldException.Kind;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Pushes to one cid or alias. Once one has been answered, it survives anything; the same
/// `requestId` again gets the first answer.
///
/// Source: Getui "V1 server SDK", toSingle.
final class PushCalls {
  private static final int MAX_REQUEST = 200;

  private final Getui getui;
  private final Orders orders;
  private final AppIds apps;

  PushCalls(Getui getui, Orders orders, AppIds apps) {
    this.getui = getui;
    this.orders = orders;
    this.apps = apps;
  }

  ObjectNode single(Caller caller, Fields fields) {
    Single single = read(caller, fields, requestKey("getui-single", fields));
    return answer(fields, getui.singles().send(single.order(), single.one()));
  }

  Single read(Caller caller, Fields fields, Optional<RequestKey> key) {
    apps.required(caller, fields);
    Whom one = whom(fields);
    return new Single(orders.read(caller, fields, key), one);
  }

  /// What became of each of many, in their order.
  List<Outcome> sendEach(Caller caller, List<Single> singles) {
    return getui.singles().sendEach(caller.id(), singles);
  }

  /// To a cid, if it has the tag.
  ObjectNode singleByTag(Caller caller, Fields fields) {
    String tag = fields.requiredText("tag", Lenient.MAX_NAME);
    String cid = Lenient.cid(fields, "clientId");
    Order order = orders.read(caller, fields, requestKey("getui-single-by-tag", fields));
    var one = new Whom.Cids(List.of(cid));
    Map<String, Registration> known = getui.users().find(caller.id(), one.names());
    boolean isMeant = !known.containsKey(cid) || known.get(cid).profile().tags().contains(tag);
    return answer(
        fields, isMeant ? getui.singles().send(order, one) : getui.singles().ignore(order, one));
  }

  static Optional<RequestKey> requestKey(String scope, Fields fields) {
    return fields
        .text("requestId", MAX_REQUEST)
        .filter(id -> !id.isBlank())
        .map(id -> new RequestKey(scope, id));
  }

  private static Whom whom(Fields fields) {
    Optional<String> cid = Lenient.name(fields, "clientId");
    if (cid.isPresent()) {
      return new Whom.Cids(List.of(Lenient.checked(cid.get())));
    }
    return Lenient.name(fields, "alias")
        .map(alias -> new Whom.Aliases(List.of(alias)))
        .orElseThrow(() -> fields.invalid("clientId", Kind.MISSING, "or alias must be given"));
  }

  ObjectNode answer(Fields fields, Sent sent) {
    ObjectNode answer =
        Answers.ok()
            .put("taskId", sent.name().v1(getui.config().zone()))
            .put("status", Status.best(sent.cids().values()).wire());
    if (wantsAliasDetails(fields)) {
      answer.set("aliasDetails", Status.json(sent.cids()));
    }
    return answer;
  }

  /// Under which name libraries since 4.1.1 ask for it is not known for sure.
  private static boolean wantsAliasDetails(Fields fields) {
    return fields.names().stream()
        .filter(name -> name.contains("liasDetail"))
        .anyMatch(name -> Lenient.isTrue(fields, name));
  }
}
