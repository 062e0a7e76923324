// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui.v2;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.dialect.getui.Conditions;
import dev.boomerang.dialect.getui.Getui;
import dev.boomerang.dialect.getui.Order;
import dev.boomerang.dialect.getui.Sent;
import dev.boomerang.dialect.getui.Singles.Single;
import dev.boomerang.dialect.getui.Status;
import dev.boomerang.dialect.getui.TaskName;
import dev.boomerang.dialect.getui.Whom;
import dev.boomerang.dialect.getui.access.Caller;
import dev.boomerang.dialect.getui.limit.Quota;
import dev.boomerang.model.registration.Segment;
import dev.boomerang.web.field.Fields;
import dev.boomerang.web.field.Json;
import dev.boomerang.web.http.Call;
import dev.boomerang.web.http.Reply;
import dev.boomerang.web.text.InvalidFieldException.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// `/push`. Once a call has been answered, what it pushed survives anything.
///
/// Source: Getui "RestAPI V2", push.
final class PushCalls {
  private static final int MAX_BATCH = 200;
  private static final int MAX_TASK = 128;

  private final Getui getui;
  private final Orders orders;

  PushCalls(Getui getui) {
    this.getui = getui;
    this.orders = new Orders(getui.config().defaultLifetime());
  }

  Reply singleCid(Caller caller, Call call) {
    return single(caller, call, false);
  }

  Reply singleAlias(Caller caller, Call call) {
    return single(caller, call, true);
  }

  private Reply single(Caller caller, Call call, boolean byAlias) {
    Single single = single(caller, Bodies.of(call), byAlias);
    return Answers.of(add(Json.object(), getui.singles().send(single.order(), single.one())));
  }

  private Single single(Caller caller, Fields body, boolean byAlias) {
    Settings.refuseScheduleTime(body);
    Order order = orders.read(caller.app(), body);
    return new Single(order, Audiences.single(body, byAlias));
  }

  private ObjectNode add(ObjectNode data, Sent sent) {
    return data.set(name(sent.name()), Status.json(sent.cids()));
  }

  private String name(TaskName name) {
    return name.v2(getui.config().zone());
  }

  Reply batchCid(Caller caller, Call call) {
    return batch(caller, call, false);
  }

  Reply batchAlias(Caller caller, Call call) {
    return batch(caller, call, true);
  }

  /// All of it is read before any of it is sent. One that is for nobody is answered for like the
  /// others.
  private Reply batch(Caller caller, Call call, boolean byAlias) {
    Fields body = Bodies.of(call);
    boolean isAsync = body.flag("is_async").orElse(false);
    var all = new ArrayList<Single>();
    for (Fields one : body.entries("msg_list", MAX_BATCH)) {
      all.add(single(caller, one, byAlias));
    }
    if (all.isEmpty()) {
      throw body.invalid("msg_list", Kind.MISSING, "must be given");
    }
    ObjectNode data = Json.object();
    getui.singles().send(caller.id(), all).forEach(one -> add(data, one));
    return isAsync ? Answers.nothing() : Answers.of(data);
  }

  Reply message(Caller caller, Call call) {
    Fields body = Bodies.of(call);
    Settings.refuseScheduleTime(body);
    Order order = orders.message(caller.app(), body);
    return task(getui.lists().open(order));
  }

  private Reply task(TaskName name) {
    return Answers.of(Json.object().put("taskid", name(name)));
  }

  Reply listCid(Caller caller, Call call) {
    return list(caller, call, false);
  }

  Reply listAlias(Caller caller, Call call) {
    return list(caller, call, true);
  }

  private Reply list(Caller caller, Call call, boolean byAlias) {
    Fields body = Bodies.of(call);
    boolean isAsync = body.flag("is_async").orElse(false);
    boolean byAliasAnswered = byAlias && body.flag("need_alias_detail").orElse(false);
    String task = body.requiredText("taskid", MAX_TASK);
    Whom whom = Audiences.list(body, byAlias);
    Sent sent = getui.lists().add(caller.id(), task, whom);
    if (isAsync) {
      return Answers.nothing();
    }
    return Answers.of(
        Json.object()
            .set(
                name(sent.name()),
                byAliasAnswered ? Answers.byAlias(sent) : Status.json(sent.cids())));
  }

  Reply all(Caller caller, Call call) {
    Fields body = Bodies.of(call);
    Audiences.requireAll(body);
    return app(caller, body, Optional.empty());
  }

  Reply tag(Caller caller, Call call) {
    Fields body = Bodies.of(call);
    Segment segment = Conditions.segment(Audiences.conditions(Audiences.of(body)));
    return app(caller, body, Optional.of(segment));
  }

  Reply fastCustomTag(Caller caller, Call call) {
    Fields body = Bodies.of(call);
    String tag = Audiences.of(body).requiredText("fast_custom_tag", 128);
    Order order = orders.read(caller.app(), body);
    getui.quotas().take(caller.id(), Quota.FAST_TAG_MINUTE);
    getui.quotas().take(caller.id(), Quota.FAST_TAG_DAY);
    return task(
        getui
            .appPushes()
            .send(
                order,
                Optional.of(new Segment.All(List.of(new Segment.HasTag(tag)))),
                Settings.scheduleTime(body.object("settings"))));
  }

  private Reply app(Caller caller, Fields body, Optional<Segment> segment) {
    Order order = orders.read(caller.app(), body);
    return task(
        getui.appPushes().send(order, segment, Settings.scheduleTime(body.object("settings"))));
  }
}
