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
import dev.boomerang.dialect.getui.v2.AudienceReader.TaggedCid;
import dev.boomerang.model.registration.Registration;
import dev.boomerang.web.field.Fields;
import dev.boomerang.web.field.Json;
import dev.boomerang.web.http.Call;
import dev.boomerang.web.http.Reply;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Serves `cid_by_tag`: pushes to named cids, each only if it has certain tags.
///
/// Source: Getui "RestAPI V2", cid_by_tag.
final class TaggedCalls {
  private final GetuiServices getui;
  private final PushRequestReader requestReader;

  TaggedCalls(GetuiServices getui) {
    this.getui = getui;
    this.requestReader = new PushRequestReader(getui.config().defaultLifetime());
  }

  /// Pushes to a cid if it has the tags; if it has not, the answer has a task as well, and the
  /// status that the push was ignored.
  Reply single(Caller caller, Call call) {
    Fields body = RequestBody.of(call);
    PushSettings.refuseScheduleTime(body);
    PushRequest request = requestReader.read(caller.app(), body);
    List<TaggedCid> requested = AudienceReader.taggedCids(body, 1);
    var recipient = new Recipients.Cids(List.of(requested.getFirst().cid()));
    Map<String, Registration> registrationByCid =
        getui.users().find(caller.id(), recipient.names());
    if (registrationByCid.isEmpty()) {
      throw new GetuiException(ErrorKind.Simple.UNKNOWN_USER);
    }
    boolean matches = matching(caller, requested).equals(recipient.names());
    return answer(
        matches
            ? getui.singlePushes().send(request, recipient)
            : getui.singlePushes().ignore(request, recipient));
  }

  /// Pushes a stored message to those of the cids that have their tags; the others are not
  /// answered.
  Reply list(Caller caller, Call call) {
    Fields body = RequestBody.of(call);
    String task = body.requiredText("taskid", 128);
    List<String> cids = matching(caller, AudienceReader.taggedCids(body, AudienceReader.MAX_LIST));
    if (cids.isEmpty()) {
      throw new GetuiException(ErrorKind.Simple.NOBODY);
    }
    return answer(getui.listPushes().add(caller.id(), task, new Recipients.Cids(cids)));
  }

  /// Returns the cids that the app has and that have their tags, in the order of the request.
  private List<String> matching(Caller caller, List<TaggedCid> requested) {
    Map<String, Registration> registrationByCid =
        getui.users().find(caller.id(), requested.stream().map(TaggedCid::cid).toList());
    return requested.stream()
        .filter(
            recipient ->
                Optional.ofNullable(registrationByCid.get(recipient.cid()))
                    .filter(ConditionSegments.segment(List.of(recipient.tags()))::covers)
                    .isPresent())
        .map(TaggedCid::cid)
        .toList();
  }

  private Reply answer(PushResult result) {
    return V2Replies.of(
        Json.object()
            .set(result.name().v2(getui.config().zone()), TargetStatus.json(result.statusByCid())));
  }
}
