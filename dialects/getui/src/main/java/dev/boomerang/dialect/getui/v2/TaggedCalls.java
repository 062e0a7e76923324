// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui.v2;

import dev.boomerang.dialect.getui.GetuiServices;
import dev.boomerang.dialect.getui.access.Caller;
import dev.boomerang.dialect.getui.limit.ErrorKind;
import dev.boomerang.dialect.getui.limit.GetuiException;
import dev.boomerang.dialect.getui.push.PushRequest;
import dev.boomerang.dialect.getui.push.PushResult;
import dev.boomerang.dialect.getui.push.TargetStatus;
import dev.boomerang.dialect.getui.user.ConditionSegments;
import dev.boomerang.dialect.getui.user.Recipients;
import dev.boomerang.dialect.getui.v2.AudienceReader.IfTagged;
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
  private final GetuiServices getui;
  private final PushRequestReader orders;

  TaggedCalls(GetuiServices getui) {
    this.getui = getui;
    this.orders = new PushRequestReader(getui.config().defaultLifetime());
  }

  Reply single(Caller caller, Call call) {
    Fields body = RequestBody.of(call);
    PushSettings.refuseScheduleTime(body);
    PushRequest order = orders.read(caller.app(), body);
    List<IfTagged> asked = AudienceReader.ifTagged(body, 1);
    var one = new Recipients.Cids(List.of(asked.getFirst().cid()));
    Map<String, Registration> known = getui.users().find(caller.id(), one.names());
    if (known.isEmpty()) {
      throw new GetuiException(ErrorKind.Simple.UNKNOWN_USER);
    }
    boolean matches = matching(caller, asked).equals(one.names());
    return answer(matches ? getui.singles().send(order, one) : getui.singles().ignore(order, one));
  }

  Reply list(Caller caller, Call call) {
    Fields body = RequestBody.of(call);
    String task = body.requiredText("taskid", 128);
    List<String> cids = matching(caller, AudienceReader.ifTagged(body, AudienceReader.MAX_LIST));
    if (cids.isEmpty()) {
      throw new GetuiException(ErrorKind.Simple.NOBODY);
    }
    return answer(getui.lists().add(caller.id(), task, new Recipients.Cids(cids)));
  }

  private List<String> matching(Caller caller, List<IfTagged> asked) {
    Map<String, Registration> known =
        getui.users().find(caller.id(), asked.stream().map(IfTagged::cid).toList());
    return asked.stream()
        .filter(
            one ->
                Optional.ofNullable(known.get(one.cid()))
                    .filter(ConditionSegments.segment(List.of(one.tags()))::covers)
                    .isPresent())
        .map(IfTagged::cid)
        .toList();
  }

  private Reply answer(PushResult sent) {
    return V2Replies.of(
        Json.object().set(sent.name().v2(getui.config().zone()), TargetStatus.json(sent.cids())));
  }
}
