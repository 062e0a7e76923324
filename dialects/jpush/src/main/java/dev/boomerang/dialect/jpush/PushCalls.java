// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.jpush;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.engine.Engine;
import dev.boomerang.engine.RecallOutcome;
import dev.boomerang.engine.Submission;
import dev.boomerang.model.Audience;
import dev.boomerang.model.Recall.Scope;
import dev.boomerang.model.Task;
import dev.boomerang.model.TaskId;
import dev.boomerang.web.Call;
import dev.boomerang.web.Fields;
import dev.boomerang.web.Json;
import dev.boomerang.web.Query;
import dev.boomerang.web.Reply;
import dev.boomerang.dialect.jpush.JpushDialect.Caller;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/// `/v3/push` and what belongs to it: pushing, checking, recalling, ids.
final class PushCalls {
  private static final String UNKNOWN = "msgid doesn't exist";
  private static final int MAX_CIDS = 1_000;

  private final Engine engine;
  private final Orders orders;
  private final JpushConfig config;
  private final Clock clock;
  private final Broadcasts broadcasts;

  PushCalls(Engine engine, Orders orders, JpushConfig config, Clock clock) {
    this.engine = engine;
    this.orders = orders;
    this.config = config;
    this.clock = clock;
    this.broadcasts = new Broadcasts(config.broadcastsPerDay(), config.zone(), clock);
  }

  Reply push(Caller caller, Call call) {
    return send(orders.read(caller.app(), body(call)));
  }

  /// The same checks; nothing is sent.
  Reply validate(Caller caller, Call call) {
    Order order = orders.read(caller.app(), body(call));
    Optional<Submission.Refused> refusal = engine.submissions().refusal(order.push());
    if (refusal.isPresent()) {
      return refused(refusal.get());
    }
    boolean nobody =
        order.push().audience() instanceof Audience.Matching(var segment)
            && engine.registrations().count(caller.app().id(), segment) == 0;
    return nobody
        ? JpushError.NO_TARGET.reply()
        : Reply.json(200, Json.write(result(order.sendno(), "0")));
  }

  private static Fields body(Call call) {
    if (call.header("X-Encrypt-Type").filter(type -> !type.isBlank()).isPresent()) {
      throw new JpushFault(
          JpushError.INVALID,
          "X-Encrypt-Type: encrypted pushes cannot be read here, the key is the vendor's");
    }
    return Orders.body(call.body().bytes());
  }

  Reply send(Order order) {
    if (order.push().audience() instanceof Audience.Everyone
        && !broadcasts.allow(order.push().app())) {
      return JpushError.BROADCASTS.reply();
    }
    return switch (engine.submissions().submit(order.push())) {
      case Submission.Accepted(Task task) -> answer(order, task);
      case Submission.Repeated(Task first) -> answer(order, first);
      case Submission.Refused refused -> refused(refused);
    };
  }

  private static Reply answer(Order order, Task task) {
    return Reply.json(200, Json.write(result(order.sendno(), task.id().toString())));
  }

  private static ObjectNode result(String sendno, String id) {
    return Json.object().put("sendno", sendno).put("msg_id", id);
  }

  static Reply refused(Submission.Refused refused) {
    return switch (refused) {
      case Submission.NobodyMatches _, Submission.NoTarget _ -> JpushError.NO_TARGET.reply();
      case Submission.NothingToReplace(TaskId earlier) -> {
        JpushFault fault = Orders.unknownOverride(earlier.toString());
        yield fault.error().reply(fault.text());
      }
      case Submission.PayloadTooLong _ -> JpushError.TOO_LARGE.reply(refused.reason());
      case Submission.IdTaken _ ->
          JpushError.INVALID.reply("cid was used before, for another push");
      case Submission.TooManyTargets _, Submission.LifetimeOutOfRange _ ->
          JpushError.INVALID.reply(refused.reason());
    };
  }

  /// Source: "消息覆盖与撤回": an empty 200, or 1003 "msgid doesn't exist". Again is answered alike.
  Reply recall(Caller caller, Call call) {
    Optional<Task> task =
        TaskId.parse(call.param("msgid"))
            .flatMap(id -> engine.tasks().find(caller.app().id(), id))
            .filter(
                found ->
                    !found
                        .lifespan()
                        .acceptedAt()
                        .isBefore(clock.instant().minus(config.recallWindow())));
    if (task.isEmpty()) {
      return JpushError.INVALID.reply(UNKNOWN);
    }
    RecallOutcome outcome =
        engine
            .recalls()
            .recall(
                caller.app().id(), task.get().id(), new Scope.WholeTask(), JpushDialect.ORIGIN);
    return switch (outcome) {
      case RecallOutcome.Standing _, RecallOutcome.Foretold _ -> nothing(config);
      case RecallOutcome.NotFound _, RecallOutcome.TooOld _ -> JpushError.INVALID.reply(UNKNOWN);
    };
  }

  /// The answer of a call that returns nothing.
  static Reply nothing(JpushConfig config) {
    return Reply.json(200, config.emptyBodies() ? "" : "{}");
  }

  /// `count` ids, 1 to 1000; both types are alike.
  Reply cids(Caller caller, Call call) {
    Fields query = Fields.of(Query.parse(call.query()));
    long count = query.number("count", 1, MAX_CIDS).orElse(1L);
    query.choice("type", List.of("push", "schedule"), type -> type);
    var list = Json.array();
    for (long i = 0; i < count; i++) {
      list.add(Cids.mint(caller.key()));
    }
    return Reply.json(200, Json.write(Json.object().set("cidlist", list)));
  }

  /// Our own channel has no quota, and there is no other yet.
  Reply quota(Caller caller, Call call) {
    var data = Json.object();
    for (String vendor : List.of("xiaomi_quota", "oppo_quota", "vivo_quota")) {
      var quota = data.putObject(vendor);
      quota.putObject("system").put("total", -1).put("used", 0);
      quota.putObject("operation").put("total", -1).put("used", 0);
    }
    ObjectNode body = Json.object().put("code", 0).put("message", "success");
    return Reply.json(200, Json.write(body.set("data", data)));
  }
}
