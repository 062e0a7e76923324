// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui.v2;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.dialect.getui.GetuiServices;
import dev.boomerang.dialect.getui.access.Caller;
import dev.boomerang.dialect.getui.limit.Quota;
import dev.boomerang.dialect.getui.push.GetuiTaskId;
import dev.boomerang.dialect.getui.push.PushRequest;
import dev.boomerang.dialect.getui.push.PushResult;
import dev.boomerang.dialect.getui.push.SinglePushes.SinglePush;
import dev.boomerang.dialect.getui.push.TargetStatus;
import dev.boomerang.dialect.getui.user.ConditionSegments;
import dev.boomerang.dialect.getui.user.Recipients;
import dev.boomerang.model.registration.Segment;
import dev.boomerang.web.field.Fields;
import dev.boomerang.web.field.Json;
import dev.boomerang.web.http.Call;
import dev.boomerang.web.http.Reply;
import dev.boomerang.web.text.InvalidFieldException.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Serves `/push`. Once a call has been answered, what it pushed survives a crash.
///
/// Source: Getui "RestAPI V2", push.
final class PushCalls {
  private static final int MAX_BATCH = 200;
  private static final int MAX_TASK = 128;

  private final GetuiServices getui;
  private final PushRequestReader requestReader;

  PushCalls(GetuiServices getui) {
    this.getui = getui;
    this.requestReader = new PushRequestReader(getui.config().defaultLifetime());
  }

  Reply singleCid(Caller caller, Call call) {
    return single(caller, call, false);
  }

  Reply singleAlias(Caller caller, Call call) {
    return single(caller, call, true);
  }

  private Reply single(Caller caller, Call call, boolean byAlias) {
    SinglePush single = single(caller, RequestBody.of(call), byAlias);
    return V2Replies.of(
        add(Json.object(), getui.singlePushes().send(single.request(), single.recipient())));
  }

  /// Reads one push to one recipient, without sending it.
  private SinglePush single(Caller caller, Fields body, boolean byAlias) {
    PushSettings.refuseScheduleTime(body);
    PushRequest request = requestReader.read(caller.app(), body);
    return new SinglePush(request, AudienceReader.single(body, byAlias));
  }

  private ObjectNode add(ObjectNode data, PushResult result) {
    return data.set(name(result.name()), TargetStatus.json(result.statusByCid()));
  }

  private String name(GetuiTaskId name) {
    return name.v2(getui.config().zone());
  }

  Reply batchCid(Caller caller, Call call) {
    return batch(caller, call, false);
  }

  Reply batchAlias(Caller caller, Call call) {
    return batch(caller, call, true);
  }

  /// Pushes a batch; the whole of it is read before any of it is sent. A push that has no recipient
  /// here is answered for like the others.
  private Reply batch(Caller caller, Call call, boolean byAlias) {
    Fields body = RequestBody.of(call);
    boolean isAsync = body.flag("is_async").orElse(false);
    var pushes = new ArrayList<SinglePush>();
    for (Fields item : body.entries("msg_list", MAX_BATCH)) {
      pushes.add(single(caller, item, byAlias));
    }
    if (pushes.isEmpty()) {
      throw body.invalid("msg_list", Kind.MISSING, "must be given");
    }
    ObjectNode data = Json.object();
    getui.singlePushes().send(caller.id(), pushes).forEach(item -> add(data, item));
    return isAsync ? V2Replies.success() : V2Replies.of(data);
  }

  /// Stores the message of a list push and answers its name; the lists come in later calls.
  Reply message(Caller caller, Call call) {
    Fields body = RequestBody.of(call);
    PushSettings.refuseScheduleTime(body);
    PushRequest request = requestReader.message(caller.app(), body);
    return task(getui.listPushes().open(request));
  }

  private Reply task(GetuiTaskId name) {
    return V2Replies.of(Json.object().put("taskid", name(name)));
  }

  Reply listCid(Caller caller, Call call) {
    return list(caller, call, false);
  }

  Reply listAlias(Caller caller, Call call) {
    return list(caller, call, true);
  }

  /// Pushes a stored message to a list. `is_async` leaves out the answer's data; the push has been
  /// stored all the same.
  private Reply list(Caller caller, Call call, boolean byAlias) {
    Fields body = RequestBody.of(call);
    boolean isAsync = body.flag("is_async").orElse(false);
    boolean wantsAliasDetail = byAlias && body.flag("need_alias_detail").orElse(false);
    String task = body.requiredText("taskid", MAX_TASK);
    Recipients recipients = AudienceReader.list(body, byAlias);
    PushResult result = getui.listPushes().add(caller.id(), task, recipients);
    if (isAsync) {
      return V2Replies.success();
    }
    return V2Replies.of(
        Json.object()
            .set(
                name(result.name()),
                wantsAliasDetail
                    ? V2Replies.byAlias(result)
                    : TargetStatus.json(result.statusByCid())));
  }

  Reply all(Caller caller, Call call) {
    Fields body = RequestBody.of(call);
    AudienceReader.requireAll(body);
    return app(caller, body, Optional.empty());
  }

  Reply tag(Caller caller, Call call) {
    Fields body = RequestBody.of(call);
    Segment segment = ConditionSegments.segment(AudienceReader.conditions(AudienceReader.of(body)));
    return app(caller, body, Optional.of(segment));
  }

  /// Pushes to the users who have one tag. It has quotas of its own, besides those of every app
  /// push.
  Reply fastCustomTag(Caller caller, Call call) {
    Fields body = RequestBody.of(call);
    String tag = AudienceReader.of(body).requiredText("fast_custom_tag", 128);
    PushRequest request = requestReader.read(caller.app(), body);
    getui.quotas().take(caller.id(), Quota.FAST_TAG_MINUTE);
    getui.quotas().take(caller.id(), Quota.FAST_TAG_DAY);
    return task(
        getui
            .appPushes()
            .send(
                request,
                Optional.of(new Segment.All(List.of(new Segment.HasTag(tag)))),
                PushSettings.scheduleTime(body.object("settings"))));
  }

  private Reply app(Caller caller, Fields body, Optional<Segment> segment) {
    PushRequest request = requestReader.read(caller.app(), body);
    return task(
        getui
            .appPushes()
            .send(request, segment, PushSettings.scheduleTime(body.object("settings"))));
  }
}
