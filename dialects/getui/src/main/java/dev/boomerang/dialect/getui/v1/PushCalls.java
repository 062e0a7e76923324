// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui.v1;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.dialect.getui.GetuiServices;
import dev.boomerang.dialect.getui.access.Caller;
import dev.boomerang.dialect.getui.push.GetuiTaskId;
import dev.boomerang.dialect.getui.push.PushRequest;
import dev.boomerang.dialect.getui.push.PushResult;
import dev.boomerang.dialect.getui.push.SinglePushes.SinglePush;
import dev.boomerang.dialect.getui.push.TargetStatus;
import dev.boomerang.dialect.getui.user.AudienceCondition;
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

/// Pushes and stops. Once a call has been answered, what it pushed survives a crash.
///
/// Source: Getui "REST API V1", push.
final class PushCalls {
  private static final int MAX_BATCH = 200;
  private static final int MAX_LIST = 1_000;
  private static final int MAX_TAGS = 100;
  private static final String TASK = "taskid";

  private final GetuiServices getui;

  PushCalls(GetuiServices getui) {
    this.getui = getui;
  }

  private static Fields body(Call call) {
    return Fields.of(call.body(), "the body");
  }

  private ObjectNode taskAnswer(GetuiTaskId name) {
    return Json.object().put(TASK, name.v1(getui.config().zone()));
  }

  Reply single(Caller caller, Call call) {
    SinglePush single = single(caller, body(call));
    PushResult result = getui.singlePushes().send(single.request(), single.recipient());
    return V1Result.ok(
        taskAnswer(result.name())
            .put("status", TargetStatus.best(result.statusByCid().values()).wire()));
  }

  private static SinglePush single(Caller caller, Fields body) {
    PushRequest request = PushRequestReader.read(caller, body);
    return new SinglePush(request, AudienceReader.single(body));
  }

  /// Pushes a batch; the whole of it is read before any of it is sent. Each message is a task of
  /// its own; `taskid` is the first one's.
  Reply batch(Caller caller, Call call) {
    Fields body = body(call);
    boolean wantsDetail = body.flag("need_detail").orElse(false);
    List<Fields> entries = body.entries("msg_list", MAX_BATCH);
    if (entries.isEmpty()) {
      throw body.invalid("msg_list", Kind.MISSING, "must be given");
    }
    var pushes = new ArrayList<SinglePush>();
    entries.forEach(item -> pushes.add(single(caller, item)));
    List<PushResult> result = getui.singlePushes().send(caller.id(), pushes);
    ObjectNode answer = taskAnswer(result.getFirst().name());
    if (wantsDetail) {
      ObjectNode byCid = answer.putObject("cid_details");
      ArrayNode details = answer.putArray("details");
      for (PushResult item : result) {
        byCid.setAll(TargetStatus.json(item.statusByCid()));
        details.add(
            taskAnswer(item.name())
                .put("status", TargetStatus.best(item.statusByCid().values()).wire()));
      }
    }
    return V1Result.ok(answer);
  }

  Reply message(Caller caller, Call call) {
    PushRequest request = PushRequestReader.read(caller, body(call));
    return V1Result.ok(taskAnswer(getui.listPushes().open(request)));
  }

  /// Pushes to a list. The detail of an alias is the best status of its cids.
  Reply list(Caller caller, Call call) {
    Fields body = body(call);
    String task = body.requiredText(TASK, AudienceReader.MAX_NAME);
    Recipients recipients = AudienceReader.list(body, MAX_LIST);
    PushResult result = getui.listPushes().add(caller.id(), task, recipients);
    ObjectNode answer = taskAnswer(result.name());
    if (body.flag("need_detail").orElse(false)) {
      answer.set("cid_details", TargetStatus.json(result.statusByCid()));
      ObjectNode byAlias = answer.putObject("alias_details");
      if (recipients instanceof Recipients.Aliases) {
        result
            .statusesByAlias()
            .forEach((alias, cids) -> byAlias.put(alias, TargetStatus.best(cids.values()).wire()));
      }
    }
    return V1Result.ok(answer);
  }

  /// Pushes to the users whom the conditions match; to everybody without a condition.
  Reply app(Caller caller, Call call) {
    Fields body = body(call);
    List<AudienceCondition> conditions = AudienceReader.conditions(body);
    Optional<Segment> segment =
        conditions.isEmpty()
            ? Optional.empty()
            : Optional.of(ConditionSegments.segment(conditions));
    return app(caller, body, segment);
  }

  private Reply app(Caller caller, Fields body, Optional<Segment> segment) {
    PushRequest request = PushRequestReader.read(caller, body);
    return V1Result.ok(taskAnswer(getui.appPushes().send(request, segment, Optional.empty())));
  }

  /// Pushes to the users with a tag. `tag` is a text, or an array of which a user needs one.
  Reply tag(Caller caller, Call call) {
    Fields body = body(call);
    boolean isText = body.node("tag").filter(node -> node.isValueNode()).isPresent();
    List<String> tags =
        isText
            ? List.of(body.requiredText("tag", AudienceReader.MAX_NAME))
            : body.texts("tag", MAX_TAGS, AudienceReader.MAX_NAME);
    if (tags.isEmpty()) {
      throw body.invalid("tag", Kind.MISSING, "must be given");
    }
    return app(
        caller,
        body,
        Optional.of(
            ConditionSegments.segment(
                List.of(new AudienceCondition("tag", tags, AudienceCondition.Op.OR)))));
  }

  Reply stop(Caller caller, Call call) {
    getui.tasks().stop(caller.id(), call.param(TASK));
    return V1Result.ok(Json.object().put(TASK, call.param(TASK)));
  }
}
