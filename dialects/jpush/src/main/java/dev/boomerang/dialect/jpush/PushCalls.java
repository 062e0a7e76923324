// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.jpush;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.dialect.jpush.Access.Caller;
import dev.boomerang.engine.Engine;
import dev.boomerang.engine.RecallOutcome;
import dev.boomerang.engine.Submission;
import dev.boomerang.engine.Submissions;
import dev.boomerang.model.AppId;
import dev.boomerang.model.Audience;
import dev.boomerang.model.Push;
import dev.boomerang.model.Recall.Scope;
import dev.boomerang.model.Replacing;
import dev.boomerang.model.Segment;
import dev.boomerang.model.Task;
import dev.boomerang.model.TaskId;
import dev.boomerang.model.Template;
import dev.boomerang.web.Body;
import dev.boomerang.web.Call;
import dev.boomerang.web.Fields;
import dev.boomerang.web.Json;
import dev.boomerang.web.Query;
import dev.boomerang.web.RateLimit;
import dev.boomerang.web.RateLimit.Window;
import dev.boomerang.web.Reply;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/// `/v3/push` and what belongs to it: pushing, checking, recalling, ids.
final class PushCalls {
  private static final String UNKNOWN = "msgid doesn't exist";
  private static final int MAX_CIDS = 1_000;

  /// Source: "Push API v3", options, big_push_duration.
  private static final int MOST_PACED = 20;

  private final Engine engine;
  private final Orders orders;
  private final Cids cids;
  private final Files files;
  private final JpushConfig config;
  private final Clock clock;
  private final RateLimit<AppId> broadcasts;
  private final ReentrantLock pacing = new ReentrantLock();

  PushCalls(Engine engine, Orders orders, JpushConfig config, Files files, Clock clock) {
    this.engine = engine;
    this.orders = orders;
    this.cids = new Cids(clock);
    this.files = files;
    this.config = config;
    this.clock = clock;
    this.broadcasts =
        new RateLimit<>(config.broadcastsPerDay(), new Window.Day(config.zone()), clock);
  }

  Reply push(Caller caller, Call call) {
    return sent(read(caller, body(call)));
  }

  Reply file(Caller caller, Call call) {
    return sent(readFile(caller, body(call)));
  }

  private Reply sent(Order order) {
    return Reply.json(200, Json.write(result(order, submit(order).toString())));
  }

  /// Both are texts: one client reads nothing else, and numbers lose digits in JavaScript.
  static ObjectNode result(Order order, String id) {
    return Json.object().put("sendno", order.sendno()).put("msg_id", id);
  }

  /// The same checks; nothing is sent, so there is no id to tell.
  Reply validate(Caller caller, Call call) {
    Order order = read(caller, body(call));
    engine
        .submissions()
        .refusal(order.push())
        .ifPresent(
            refusal -> {
              throw fault(refusal);
            });
    checkReplaced(order);
    if (order.push().audience() instanceof Audience.Matching(Segment segment)
        && engine.registrations().count(order.push().app(), segment) == 0) {
      throw nobody(order);
    }
    return Reply.json(200, Json.write(result(order, "0")));
  }

  private void checkReplaced(Order order) {
    for (Replacing replacing : order.push().options().replacing().values()) {
      if (replacing instanceof Replacing.Earlier(TaskId earlier, Duration window)
          && known(order.push().app(), earlier, window).isEmpty()) {
        throw PushOptions.unknownOverride(earlier.toString());
      }
    }
  }

  private Optional<Task> known(AppId app, TaskId id, Duration window) {
    return engine
        .tasks()
        .find(app, id)
        .filter(task -> !task.lifespan().acceptedAt().isBefore(clock.instant().minus(window)));
  }

  /// The body of a call, as a push object.
  static Fields body(Call call) {
    if (call.header("X-Encrypt-Type").filter(type -> !type.isBlank()).isPresent()) {
      throw new JpushFault(
          JpushError.INVALID,
          "X-Encrypt-Type: encrypted pushes cannot be read here, the key is the vendor's");
    }
    return Json.read(Body.of(call.body().bytes()))
        .filter(ObjectNode.class::isInstance)
        .map(node -> Fields.of((ObjectNode) node))
        .orElseThrow(
            () ->
                new JpushFault(
                    JpushError.INVALID, "Parameter is invalid, not a valid JSON format"));
  }

  Order read(Caller caller, Fields body) {
    return orders.read(caller.app(), body).once(cids.in(body, caller.key()));
  }

  Order read(Caller caller, Template template, Fields param) {
    return orders.read(caller.app(), template, param);
  }

  /// To the targets that a file lists. The file stands alone.
  Order readFile(Caller caller, Fields body) {
    Segment listed = Targets.listed(body, id -> files.find(caller.app().id(), id));
    return orders.read(caller.app(), body, listed).once(cids.in(body, caller.key()));
  }

  /// To one target.
  Order read(Caller caller, Fields body, Segment target) {
    return orders.read(caller.app(), body, target).once(cids.in(body, caller.key()));
  }

  /// Pushes many at once, each to one target, and answers each in its place.
  List<Submission> submitEach(List<Order> all) {
    return engine
        .submissions()
        .submitAll(all.stream().map(order -> new Submissions.Entry(order.push(), false)).toList())
        .stream()
        .map(Submissions.EntryResult::submission)
        .toList();
  }

  /// Once this has returned, the push survives anything. Paced ones go one after the other, so that
  /// each sees those before it.
  TaskId submit(Order order) {
    Push push = order.push();
    if (push.options().pace().isEmpty()) {
      return accepted(order);
    }
    pacing.lock();
    try {
      if (engine.pacing().running(push.app()) >= MOST_PACED && isNew(push)) {
        throw new JpushFault(
            JpushError.LIMIT, MOST_PACED + " pushes with big_push_duration are under way");
      }
      return accepted(order);
    } finally {
      pacing.unlock();
    }
  }

  /// Or it gets its first answer again.
  private boolean isNew(Push push) {
    return push.options()
        .requestKey()
        .flatMap(key -> engine.tasks().requested(push.app(), key))
        .isEmpty();
  }

  private TaskId accepted(Order order) {
    AppId app = order.push().app();
    if (order.isBroadcast() && !broadcasts.allows(app)) {
      throw JpushError.BROADCASTS.fault();
    }
    Submission outcome = engine.submissions().submit(order.push());
    if (order.isBroadcast() && !(outcome instanceof Submission.Accepted)) {
      broadcasts.giveBack(app, 1);
    }
    return accepted(order, outcome);
  }

  /// The task there is now, or the fault that says why there is none.
  TaskId accepted(Order order, Submission outcome) {
    return switch (outcome) {
      case Submission.Accepted(Task task) -> task.id();
      case Submission.Repeated(Task first) -> first.id();
      case Submission.NobodyMatches _ -> throw nobody(order);
      case Submission.Refused refused -> throw fault(refused);
    };
  }

  /// Registration ids of which none is the app's are invalid, not merely without a device.
  private JpushFault nobody(Order order) {
    Optional<String> stranger =
        Targets.registered(order.push().audience())
            .filter(ids -> engine.registrations().count(order.push().app(), ids) == 0)
            .map(ids -> ids.parts().getFirst())
            .map(first -> ((Segment.Registered) first).id().value());
    return stranger.map(Targets::invalid).orElseGet(() -> JpushError.NO_TARGET.fault());
  }

  static JpushFault fault(Submission.Refused refused) {
    return switch (refused) {
      case Submission.NobodyMatches _, Submission.NoTarget _ -> JpushError.NO_TARGET.fault();
      case Submission.NothingToReplace(TaskId earlier) ->
          PushOptions.unknownOverride(earlier.toString());
      case Submission.PayloadTooLong _ -> new JpushFault(JpushError.TOO_LARGE, refused.reason());
      case Submission.IdTaken _ ->
          new JpushFault(JpushError.INVALID, "cid was used before, for another push");
      case Submission.TooManyTargets _,
          Submission.LifetimeOutOfRange _,
          Submission.NotForPace _,
          Submission.RejectedByReview _ ->
          new JpushFault(JpushError.INVALID, refused.reason());
    };
  }

  /// Source: "消息覆盖与撤回": an empty 200, or 1003 "msgid doesn't exist". Again is answered alike.
  Reply recall(Caller caller, Call call) {
    AppId app = caller.app().id();
    TaskId task =
        TaskId.parse(call.param("msgid"))
            .flatMap(id -> known(app, id, config.recallWindow()))
            .map(Task::id)
            .orElseThrow(() -> new JpushFault(JpushError.INVALID, UNKNOWN));
    RecallOutcome outcome =
        engine.recalls().recall(app, task, new Scope.WholeTask(), JpushDialect.ORIGIN);
    return switch (outcome) {
      case RecallOutcome.Standing _, RecallOutcome.Foretold _ -> nothing(config);
      case RecallOutcome.NotFound _, RecallOutcome.TooOld _ ->
          throw new JpushFault(JpushError.INVALID, UNKNOWN);
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
      list.add(cids.mint(caller.key()));
    }
    return Reply.json(200, Json.write(Json.object().set("cidlist", list)));
  }

  /// Our own channel has no quota, and there is no other.
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
