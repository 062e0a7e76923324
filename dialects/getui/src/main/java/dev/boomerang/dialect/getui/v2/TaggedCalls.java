// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui.v2;

import dev.boomerang.dialect.getui.Conditions;
import dev.boomerang.dialect.getui.Getui;
import dev.boomerang.dialect.getui.Order;
import dev.boomerang.dialect.getui.Sent;
import dev.boomerang.dialect.getui.Status;
import dev.boomerang.dialect.getui.Whom;
import dev.boomerang.dialect.getui.access.Caller;
import dev.boomerang.dialect.getui.limit.GetuiFault;
import dev.boomerang.dialect.getui.limit.Trouble;
import dev.boomerang.dialect.getui.v2.Audiences.IfTagged;
import dev.boomerang.model.registration.Registration;
import dev.boomerang.web.field.Fields;
import dev.boomerang.web.field.Json;
import dev.boomerang.web.http.Call;
import dev.boomerang.web.http.Reply;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// `cid_by_tag`: pushes to cids that are named, each only if it has certain tags.
///
/// Source: Getui "RestAPI V2", cid_by_tag.
final class TaggedCalls {
  private final Getui getui;
  private final Orders orders;

  TaggedCalls(Getui getui) {
    this.getui = getui;
    this.orders = new Orders(getui.config().defaultLifetime());
  }

  Reply single(Caller caller, Call call) {
    Fields body = Bodies.of(call);
    Settings.refuseScheduleTime(body);
    Order order = orders.read(caller.app(), body);
    List<IfTagged> asked = Audiences.ifTagged(body, 1);
    var one = new Whom.Cids(List.of(asked.getFirst().cid()));
    Map<String, Registration> known = getui.users().find(caller.id(), one.names());
    if (known.isEmpty()) {
      throw new GetuiFault(Trouble.Plain.UNKNOWN_USER);
    }
    boolean matches = matching(caller, asked).equals(one.names());
    return answer(matches ? getui.singles().send(order, one) : getui.singles().ignore(order, one));
  }

  Reply list(Caller caller, Call call) {
    Fields body = Bodies.of(call);
    String task = body.requiredText("taskid", 128);
    List<String> cids = matching(caller, Audiences.ifTagged(body, Audiences.MAX_LIST));
    if (cids.isEmpty()) {
      throw new GetuiFault(Trouble.Plain.NOBODY);
    }
    return answer(getui.lists().add(caller.id(), task, new Whom.Cids(cids)));
  }

  private List<String> matching(Caller caller, List<IfTagged> asked) {
    Map<String, Registration> known =
        getui.users().find(caller.id(), asked.stream().map(IfTagged::cid).toList());
    return asked.stream()
        .filter(
            one ->
                Optional.ofNullable(known.get(one.cid()))
                    .filter(Conditions.segment(List.of(one.tags()))::covers)
                    .isPresent())
        .map(IfTagged::cid)
        .toList();
  }

  private Reply answer(Sent sent) {
    return Answers.of(
        Json.object().set(sent.name().v2(getui.config().zone()), Status.json(sent.cids())));
  }
}
