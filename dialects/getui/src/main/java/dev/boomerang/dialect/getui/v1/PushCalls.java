// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui.v1;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.dialect.getui.GetuiServices;
import dev.boomerang.dialect.getui.access.Caller;
import dev.boomerang.dialect.getui.push.PushRequest;
import dev.boomerang.dialect.getui.push.PushResult;
import dev.boomerang.dialect.getui.push.SinglePushes.SinglePush;
import dev.boomerang.dialect.getui.push.TargetStatus;
import dev.boomerang.dialect.getui.push.TaskName;
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

/// Pushing and stopping. Once a call has been answered, what it pushed survives anything.
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

  private ObjectNode named(TaskName name) {
    return Json.object().put(TASK, name.v1(getui.config().zone()));
  }

  Reply single(Caller caller, Call call) {
    SinglePush single = single(caller, body(call));
    PushResult sent = getui.singles().send(single.request(), single.recipient());
    return V1Result.ok(
        named(sent.name()).put("status", TargetStatus.best(sent.cids().values()).wire()));
  }

  private static SinglePush single(Caller caller, Fields body) {
    PushRequest order = PushRequestReader.read(caller, body);
    return new SinglePush(order, AudienceReader.single(body));
  }

  /// All of it is read before any of it is sent. Each message is a task of its own; `taskid` is the
  /// first one's.
  Reply batch(Caller caller, Call call) {
    Fields body = body(call);
    boolean wantsDetail = body.flag("need_detail").orElse(false);
    List<Fields> entries = body.entries("msg_list", MAX_BATCH);
    if (entries.isEmpty()) {
      throw body.invalid("msg_list", Kind.MISSING, "must be given");
    }
    var all = new ArrayList<SinglePush>();
    entries.forEach(one -> all.add(single(caller, one)));
    List<PushResult> sent = getui.singles().send(caller.id(), all);
    ObjectNode answer = named(sent.getFirst().name());
    if (wantsDetail) {
      ObjectNode byCid = answer.putObject("cid_details");
      ArrayNode details = answer.putArray("details");
      for (PushResult one : sent) {
        byCid.setAll(TargetStatus.json(one.cids()));
        details.add(named(one.name()).put("status", TargetStatus.best(one.cids().values()).wire()));
      }
    }
    return V1Result.ok(answer);
  }

  Reply message(Caller caller, Call call) {
    PushRequest order = PushRequestReader.read(caller, body(call));
    return V1Result.ok(named(getui.lists().open(order)));
  }

  /// An alias's detail is that of its cids, the best.
  Reply list(Caller caller, Call call) {
    Fields body = body(call);
    String task = body.requiredText(TASK, AudienceReader.MAX_NAME);
    Recipients whom = AudienceReader.list(body, MAX_LIST);
    PushResult sent = getui.lists().add(caller.id(), task, whom);
    ObjectNode answer = named(sent.name());
    if (body.flag("need_detail").orElse(false)) {
      answer.set("cid_details", TargetStatus.json(sent.cids()));
      ObjectNode byAlias = answer.putObject("alias_details");
      if (whom instanceof Recipients.Aliases) {
        sent.aliases()
            .forEach((alias, cids) -> byAlias.put(alias, TargetStatus.best(cids.values()).wire()));
      }
    }
    return V1Result.ok(answer);
  }

  /// To everybody without a condition.
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
    PushRequest order = PushRequestReader.read(caller, body);
    return V1Result.ok(named(getui.appPushes().send(order, segment, Optional.empty())));
  }

  /// `tag` is one, or an array of which one is enough.
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
