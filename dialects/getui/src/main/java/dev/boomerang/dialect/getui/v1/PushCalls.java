// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui.v1;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.dialect.getui.Condition;
import dev.boomerang.dialect.getui.Conditions;
import dev.boomerang.dialect.getui.Getui;
import dev.boomerang.dialect.getui.Order;
import dev.boomerang.dialect.getui.Sent;
import dev.boomerang.dialect.getui.Singles.Single;
import dev.boomerang.dialect.getui.Status;
import dev.boomerang.dialect.getui.TaskName;
import dev.boomerang.dialect.getui.Whom;
import dev.boomerang.dialect.getui.access.Caller;
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

  private final Getui getui;

  PushCalls(Getui getui) {
    this.getui = getui;
  }

  private static Fields body(Call call) {
    return Fields.of(call.body(), "the body");
  }

  private ObjectNode named(TaskName name) {
    return Json.object().put(TASK, name.v1(getui.config().zone()));
  }

  Reply single(Caller caller, Call call) {
    Single single = single(caller, body(call));
    Sent sent = getui.singles().send(single.order(), single.one());
    return Result.ok(named(sent.name()).put("status", Status.best(sent.cids().values()).wire()));
  }

  private static Single single(Caller caller, Fields body) {
    Order order = Orders.read(caller, body);
    return new Single(order, Audiences.single(body));
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
    var all = new ArrayList<Single>();
    entries.forEach(one -> all.add(single(caller, one)));
    List<Sent> sent = getui.singles().send(caller.id(), all);
    ObjectNode answer = named(sent.getFirst().name());
    if (wantsDetail) {
      ObjectNode byCid = answer.putObject("cid_details");
      ArrayNode details = answer.putArray("details");
      for (Sent one : sent) {
        byCid.setAll(Status.json(one.cids()));
        details.add(named(one.name()).put("status", Status.best(one.cids().values()).wire()));
      }
    }
    return Result.ok(answer);
  }

  Reply message(Caller caller, Call call) {
    Order order = Orders.read(caller, body(call));
    return Result.ok(named(getui.lists().open(order)));
  }

  /// An alias's detail is that of its cids, the best.
  Reply list(Caller caller, Call call) {
    Fields body = body(call);
    String task = body.requiredText(TASK, Audiences.MAX_NAME);
    Whom whom = Audiences.list(body, MAX_LIST);
    Sent sent = getui.lists().add(caller.id(), task, whom);
    ObjectNode answer = named(sent.name());
    if (body.flag("need_detail").orElse(false)) {
      answer.set("cid_details", Status.json(sent.cids()));
      ObjectNode byAlias = answer.putObject("alias_details");
      if (whom instanceof Whom.Aliases) {
        sent.aliases()
            .forEach((alias, cids) -> byAlias.put(alias, Status.best(cids.values()).wire()));
      }
    }
    return Result.ok(answer);
  }

  /// To everybody without a condition.
  Reply app(Caller caller, Call call) {
    Fields body = body(call);
    List<Condition> conditions = Audiences.conditions(body);
    Optional<Segment> segment =
        conditions.isEmpty() ? Optional.empty() : Optional.of(Conditions.segment(conditions));
    return app(caller, body, segment);
  }

  private Reply app(Caller caller, Fields body, Optional<Segment> segment) {
    Order order = Orders.read(caller, body);
    return Result.ok(named(getui.appPushes().send(order, segment, Optional.empty())));
  }

  /// `tag` is one, or an array of which one is enough.
  Reply tag(Caller caller, Call call) {
    Fields body = body(call);
    boolean isText = body.node("tag").filter(node -> node.isValueNode()).isPresent();
    List<String> tags =
        isText
            ? List.of(body.requiredText("tag", Audiences.MAX_NAME))
            : body.texts("tag", MAX_TAGS, Audiences.MAX_NAME);
    if (tags.isEmpty()) {
      throw body.invalid("tag", Kind.MISSING, "must be given");
    }
    return app(
        caller,
        body,
        Optional.of(Conditions.segment(List.of(new Condition("tag", tags, Condition.Op.OR)))));
  }

  Reply stop(Caller caller, Call call) {
    getui.tasks().stop(caller.id(), call.param(TASK));
    return Result.ok(Json.object().put(TASK, call.param(TASK)));
  }
}
