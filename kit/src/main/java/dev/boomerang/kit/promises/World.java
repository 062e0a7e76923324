// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.kit.promises;

import dev.boomerang.engine.Engine;
import dev.boomerang.engine.Limits;
import dev.boomerang.engine.RecallOutcome;
import dev.boomerang.engine.Schedules.Scheduling;
import dev.boomerang.engine.StopOutcome;
import dev.boomerang.engine.Submission;
import dev.boomerang.engine.Vault;
import dev.boomerang.kit.Given;
import dev.boomerang.kit.ManualClock;
import dev.boomerang.lifecycle.Phase;
import dev.boomerang.model.Audience;
import dev.boomerang.model.Callback;
import dev.boomerang.model.Content;
import dev.boomerang.model.DeliveryId;
import dev.boomerang.model.Device;
import dev.boomerang.model.Occurrence.Fate;
import dev.boomerang.model.Pace;
import dev.boomerang.model.Plan;
import dev.boomerang.model.Platform;
import dev.boomerang.model.Profile;
import dev.boomerang.model.Push;
import dev.boomerang.model.Recall.Scope;
import dev.boomerang.model.Replacing;
import dev.boomerang.model.Schedule;
import dev.boomerang.model.ScheduleId;
import dev.boomerang.model.Source;
import dev.boomerang.model.Target;
import dev.boomerang.model.Task;
import dev.boomerang.model.TaskId;
import dev.boomerang.port.EngineListener;
import dev.boomerang.port.ScheduleStore.Planned;
import dev.boomerang.port.Store;
import dev.boomerang.port.StoreException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The engine over a real store with a few simulated devices, one step at a time, under a clock
/// that only steps move. The promises are checked as things happen and, in [#settleAndCheck], when
/// nothing more can happen.
public final class World implements AutoCloseable {
  private static final Set<Phase> WAITING =
      Set.of(Phase.SCHEDULED, Phase.PENDING, Phase.QUEUED, Phase.SENDING);

  private static final Duration LIFETIME = Duration.ofHours(12);

  /// Everything is told.
  private static final Optional<Callback> TOLD =
      Optional.of(Given.aCallback(Callback.Event.values()));

  private final Store store;
  private final ManualClock clock = new ManualClock(Given.NOW);
  private final Watch watch = new Watch(clock);
  private final List<SimDevice> devices = new ArrayList<>();
  private final List<Task> tasks = new ArrayList<>();
  private final List<ScheduleId> schedules = new ArrayList<>();

  /// The first of the chain that a task replaced one of.
  private final Map<TaskId, TaskId> roots = new HashMap<>();

  private Mortal process;
  private Engine engine;

  /// Two of the devices belong to one user. The store must be empty and stays open.
  public World(Store store, int deviceCount) {
    this.store = store;
    this.process = new Mortal(store);
    this.engine = start(process);
    for (int i = 0; i < deviceCount; i++) {
      var profile = Profile.EMPTY.withUser(Optional.of("user" + i / 2));
      var device = new Device(Platform.ANDROID, Optional.of("device" + i), Map.of());
      var registered = engine.registrations().register(Given.SHOP, device, profile, Map.of());
      devices.add(new SimDevice(registered.registration(), watch));
    }
  }

  private Engine start(Mortal its) {
    var random = new SecureRandom();
    var config =
        new Engine.Config(
            Limits.DEFAULT, new Vault(new byte[Vault.MASTER_KEY_BYTES], random), 0, random, false);
    return Engine.open(its.store(), config, EngineListener.NONE, clock);
  }

  public void take(Step step) {
    SimDevice device = devices.get(Math.floorMod(step.device(), devices.size()));
    switch (step.act()) {
      case PUSH_TO_DEVICE -> push(Audience.By.REGISTRATION, device.id.value());
      case PUSH_TO_USER ->
          push(Audience.By.USER, "user" + Math.floorMod(step.pick(), devices.size()) / 2);
      case PUSH_TO_ALL ->
          submit(push(Audience.Everyone.all(Optional.empty()), Source.Kind.BROADCAST));
      case PUSH_OVER -> task(step).ifPresent(older -> override(older, device, step.pick()));
      case PUSH_PACED -> pushPaced(step.pick());
      case PUSH_LATER -> schedule(device, Duration.ofHours(1 + Math.floorMod(step.pick(), 30)));
      case CONNECT -> device.connect(engine.devices());
      case DISCONNECT -> device.disconnect(Math.floorMod(step.pick(), 3));
      case WRITE -> device.write();
      case RECEIVE -> device.receive();
      case OPEN -> device.open(step.pick());
      case DISMISS -> device.dismiss(step.pick());
      case SEND_RECEIPTS -> device.sendReceipts();
      case RECALL_TASK -> task(step).ifPresent(task -> recall(task, new Scope.WholeTask()));
      case RECALL_DELIVERY ->
          task(step).ifPresent(task -> recall(task, new Scope.OneDelivery(device.id)));
      case RECALL_SCHEDULE -> recallSchedule(step.pick());
      case STOP -> task(step).ifPresent(this::stop);
      case RELEASE -> release();
      case SECONDS_PASS -> pass(Duration.ofSeconds(Math.floorMod(step.pick(), 60)));
      case HOURS_PASS -> pass(Duration.ofHours(Math.floorMod(step.pick(), 20)));
      case RESTART -> restart(step.pick(), true);
      case CRASH -> restart(step.pick(), false);
      case CRASH_WHILE_FIRING -> crashWhileFiring(step.pick());
    }
    // What was noted is written by another thread. Half of the time the next step finds it done;
    // otherwise it may be
    // still under way, and a crash may lose it.
    if (step.pick() % 2 == 0) {
      engine.settle();
    }
  }

  private Optional<Task> task(Step step) {
    return tasks.isEmpty()
        ? Optional.empty()
        : Optional.of(tasks.get(Math.floorMod(step.pick(), tasks.size())));
  }

  private void push(Audience.By by, String target) {
    submit(push(named(by, target), Source.Kind.SIMPLE));
  }

  private static Audience named(Audience.By by, String target) {
    return new Audience.Named(by, List.of(Target.of(target)), Optional.empty());
  }

  private static Push push(Audience audience, Source.Kind kind) {
    return new Push(
        Given.SHOP,
        "",
        audience,
        Content.Notification.of("title", "body"),
        Push.Options.of(Source.of("test", kind), LIFETIME).callback(TOLD));
  }

  private void submit(Push push) {
    switch (engine.submissions().submit(push)) {
      case Submission.Accepted(Task task) -> accepted(task);
      case Submission.Repeated _, Submission.Refused _ ->
          throw new AssertionError("a good push was not accepted");
    }
  }

  private void pushPaced(int pick) {
    Audience audience =
        pick % 2 == 0
            ? Audience.Everyone.all(Optional.empty())
            : named(Audience.By.USER, "user" + Math.floorMod(pick, devices.size()) / 2);
    Push push = push(audience, Source.Kind.BROADCAST);
    submit(push.with(push.options().pace(Optional.of(new Pace.PerSecond(1 + pick % 3)))));
    watch.paced(tasks.getLast().id());
  }

  /// A second, as the thread that releases sees it.
  private void release() {
    for (int tick = 0; tick < 3; tick++) {
      engine.pacing().pass();
      clock.advance(Duration.ofMillis(400));
    }
    engine.pacing().pass();
  }

  private void accepted(Task task) {
    tasks.add(task);
    devices.forEach(d -> watch.accepted(new DeliveryId(task.id(), d.id), task.expiresAt()));
  }

  /// To one device or to all, in the place of an earlier task and of whatever took that place.
  private void override(Task older, SimDevice device, int pick) {
    boolean toAll = pick % 3 == 0;
    Audience audience =
        toAll
            ? Audience.Everyone.all(Optional.empty())
            : named(Audience.By.REGISTRATION, device.id.value());
    Map<Platform, Replacing> replacing =
        Map.of(Platform.ANDROID, new Replacing.Earlier(older.id(), Duration.ofDays(30)));
    var push =
        new Push(
            Given.SHOP,
            "",
            audience,
            Content.Notification.of("title", "newer"),
            Push.Options.of(
                    Source.of("test", toAll ? Source.Kind.BROADCAST : Source.Kind.SIMPLE), LIFETIME)
                .replacing(replacing)
                .callback(TOLD));
    submit(push);
    Task newer = tasks.getLast();
    TaskId root = roots.getOrDefault(older.id(), older.id());
    for (SimDevice each : toAll ? devices : List.of(device)) {
      for (Task task : tasks) {
        if (!task.equals(newer) && roots.getOrDefault(task.id(), task.id()).equals(root)) {
          watch.overridden(new DeliveryId(task.id(), each.id));
        }
      }
    }
    roots.put(newer.id(), root);
  }

  private void schedule(SimDevice device, Duration ahead) {
    var push = push(named(Audience.By.REGISTRATION, device.id.value()), Source.Kind.SIMPLE);
    switch (engine.schedules().schedule(push, new Plan.Once(clock.instant().plus(ahead)))) {
      case Scheduling.Accepted(Schedule schedule, var _) -> schedules.add(schedule.id());
      case Scheduling.TooMany _ -> {}
      case Scheduling.Refused _, Scheduling.Past _, Scheduling.TooFar _ ->
          throw new AssertionError("a good schedule was not accepted");
    }
  }

  private void fire() {
    engine.schedules().pass();
    noteFired();
  }

  /// Nothing that a schedule pushed is written to a device before the next step.
  private void noteFired() {
    for (ScheduleId schedule : schedules) {
      for (Planned planned : engine.schedules().ofSchedule(Given.SHOP, schedule)) {
        if (planned.occurrence().fate() instanceof Fate.Fired(TaskId id, var _)
            && tasks.stream().noneMatch(task -> task.id().equals(id))) {
          accepted(engine.tasks().find(Given.SHOP, id).orElseThrow());
        }
      }
    }
  }

  private void recallSchedule(int pick) {
    if (schedules.isEmpty()) {
      return;
    }
    ScheduleId id = schedules.get(Math.floorMod(pick, schedules.size()));
    if (engine.schedules().recall(Given.SHOP, id, "test").isEmpty()) {
      throw new AssertionError("Durable: a schedule is gone: " + id);
    }
    for (Planned planned : engine.schedules().ofSchedule(Given.SHOP, id)) {
      switch (planned.occurrence().fate()) {
        case Fate.Fired(TaskId task, var _) ->
            devices.forEach(device -> watch.recalled(new DeliveryId(task, device.id)));
        case Fate.Cancelled _, Fate.Dropped _ -> {}
        case Fate.Pending _, Fate.Firing _ ->
            throw new AssertionError("Fence: may fire after its recall returned: " + planned);
      }
    }
  }

  /// The process dies after some calls of the store, in the middle of what is due now.
  private void crashWhileFiring(int pick) {
    clock.advance(Duration.ofHours(1));
    process.killAfter(Math.floorMod(pick, 7));
    try {
      engine.schedules().pass();
    } catch (StoreException _) {
      // It died.
    }
    restart(pick, false);
    pass(Duration.ZERO);
  }

  private void recall(Task task, Scope scope) {
    RecallOutcome first = engine.recalls().recall(Given.SHOP, task.id(), scope, "test");
    RecallOutcome again = engine.recalls().recall(Given.SHOP, task.id(), scope, "test");
    if (!sameRecall(first, again)) {
      throw new AssertionError("Idempotent: recalled twice, got " + first + ", then " + again);
    }
    if (first instanceof RecallOutcome.Standing) {
      Set<SimDevice> meant =
          switch (scope) {
            case Scope.OneDelivery(var registration) ->
                Set.copyOf(devices.stream().filter(d -> d.id.equals(registration)).toList());
            case Scope.WholeTask _, Scope.OneMessage _ -> Set.copyOf(devices);
          };
      meant.forEach(device -> watch.recalled(new DeliveryId(task.id(), device.id)));
    }
  }

  private void stop(Task task) {
    StopOutcome first = engine.stops().stop(Given.SHOP, task.id(), "test");
    Map<Phase, Integer> counts = counts(task);
    StopOutcome again = engine.stops().stop(Given.SHOP, task.id(), "test");
    if (!first.equals(new StopOutcome.Stopped(task)) || !again.equals(first)) {
      throw new AssertionError("Idempotent: stopped twice, got " + first + ", then " + again);
    }
    if (counts.keySet().stream().anyMatch(WAITING::contains)) {
      throw new AssertionError("Accounted: stopped, yet something waits: " + counts);
    }
    devices.forEach(device -> watch.stopped(new DeliveryId(task.id(), device.id)));
  }

  private Map<Phase, Integer> counts(Task task) {
    return engine.tasks().view(Given.SHOP, task.id()).orElseThrow().counts();
  }

  /// The report is live: its parts may move on between two answers, but not what it is about.
  private static boolean sameRecall(RecallOutcome first, RecallOutcome again) {
    if (first instanceof RecallOutcome.Standing(var one, var report)
        && again instanceof RecallOutcome.Standing(var other, var laterReport)) {
      return one.equals(other) && report.total() == laterReport.total();
    }
    return first.getClass() == again.getClass();
  }

  private void pass(Duration time) {
    clock.advance(time);
    fire();
    engine.housekeeping().pass();
  }

  private void restart(int arriving, boolean graceful) {
    if (graceful) {
      devices.forEach(device -> device.disconnect(Math.floorMod(arriving, 3)));
    } else {
      process.kill();
      devices.forEach(device -> device.lost(Math.floorMod(arriving, 3)));
    }
    engine.close();
    process = new Mortal(store);
    engine = start(process);
  }

  /// Lets every device connect and everything arrive, then checks what must hold at rest; then lets
  /// all time run out and checks that nothing stays undecided.
  public void settleAndCheck() {
    while (engine.pacing().running(Given.SHOP) > 0) {
      release();
      engine.housekeeping().pass();
    }
    quiesce();
    new Verdict(engine, watch, devices, tasks).nothingElse();
    new Verdict(engine, watch, devices, tasks).atRest();
    new Verdict(engine, watch, devices, tasks).newest(roots);
    devices.forEach(device -> device.disconnect(0));
    pass(Duration.ofDays(8));
    new Verdict(engine, watch, devices, tasks).afterAllTime();
    new Verdict(engine, watch, devices, tasks).firedOnce(schedules);
    new Verdict(engine, watch, devices, tasks).told(store.callbacks(), clock.instant());
  }

  private void quiesce() {
    do {
      for (SimDevice device : devices) {
        device.connect(engine.devices());
        device.write();
        device.receive();
        device.sendReceipts();
      }
      engine.settle();
    } while (!devices.stream().allMatch(SimDevice::idle));
  }

  @Override
  public void close() {
    engine.close();
  }
}
