// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.kit.promises;

import dev.boomerang.engine.Engine;
import dev.boomerang.engine.accept.SubmitResult;
import dev.boomerang.engine.base.Limits;
import dev.boomerang.engine.base.Vault;
import dev.boomerang.engine.recall.RecallResult;
import dev.boomerang.engine.recall.StopResult;
import dev.boomerang.engine.schedule.Schedules.ScheduleResult;
import dev.boomerang.kit.fixture.Fixtures;
import dev.boomerang.kit.fixture.ManualClock;
import dev.boomerang.lifecycle.DeliveryEvent.Deferred;
import dev.boomerang.lifecycle.DeliveryState.Queued;
import dev.boomerang.lifecycle.DeliveryStatus;
import dev.boomerang.lifecycle.Transition;
import dev.boomerang.lifecycle.Transition.Moved;
import dev.boomerang.model.push.Audience;
import dev.boomerang.model.push.Content;
import dev.boomerang.model.push.DeliveryId;
import dev.boomerang.model.push.OverrideTarget;
import dev.boomerang.model.push.Push;
import dev.boomerang.model.push.Recall.Scope;
import dev.boomerang.model.push.SendRate;
import dev.boomerang.model.push.Source;
import dev.boomerang.model.push.Target;
import dev.boomerang.model.push.Task;
import dev.boomerang.model.push.TaskId;
import dev.boomerang.model.push.Webhook;
import dev.boomerang.model.registration.Device;
import dev.boomerang.model.registration.Platform;
import dev.boomerang.model.registration.Profile;
import dev.boomerang.model.schedule.Occurrence.OccurrenceStatus;
import dev.boomerang.model.schedule.Schedule;
import dev.boomerang.model.schedule.ScheduleId;
import dev.boomerang.model.schedule.Trigger;
import dev.boomerang.port.DeliveryStore.Change;
import dev.boomerang.port.EngineListener;
import dev.boomerang.port.ScheduleStore.ScheduledOccurrence;
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

/// Runs the engine over a real store with a few simulated devices, one step at a time, under a
/// clock that only steps move. The promises are checked as things happen and, in [#settleAndCheck],
/// when nothing more can happen.
public final class Simulation implements AutoCloseable {
  private static final Set<DeliveryStatus> WAITING =
      Set.of(
          DeliveryStatus.SCHEDULED,
          DeliveryStatus.PENDING,
          DeliveryStatus.QUEUED,
          DeliveryStatus.SENDING);

  private static final Duration LIFETIME = Duration.ofHours(12);

  private static final Duration LONGEST_DEFERRAL = Duration.ofMinutes(2);

  /// Names a webhook that every kind of event is sent to.
  private static final Optional<Webhook> WEBHOOK =
      Optional.of(Fixtures.aWebhook(Webhook.EventType.values()));

  private final Store store;
  private final ManualClock clock = new ManualClock(Fixtures.NOW);
  private final PromiseChecker observer = new PromiseChecker(clock);
  private final List<SimulatedDevice> devices = new ArrayList<>();
  private final List<Task> tasks = new ArrayList<>();
  private final List<ScheduleId> schedules = new ArrayList<>();

  /// Maps a task to the first task of its chain.
  private final Map<TaskId, TaskId> roots = new HashMap<>();

  private CrashableStore process;
  private Engine engine;

  /// Two of the devices belong to one user. The store must be empty and stays open.
  public Simulation(Store store, int deviceCount) {
    this.store = store;
    this.process = new CrashableStore(store);
    this.engine = start(process);
    for (int i = 0; i < deviceCount; i++) {
      var profile = Profile.EMPTY.withUser(Optional.of("user" + i / 2));
      var device = new Device(Platform.ANDROID, Optional.of("device" + i), Map.of());
      var registered = engine.registrations().register(Fixtures.SHOP, device, profile, Map.of());
      devices.add(new SimulatedDevice(registered.registration(), observer));
    }
  }

  private Engine start(CrashableStore its) {
    var random = new SecureRandom();
    var config =
        new Engine.Config(
            Limits.DEFAULT, new Vault(new byte[Vault.MASTER_KEY_BYTES], random), 0, random, false);
    return Engine.open(its.store(), config, EngineListener.NONE, clock);
  }

  public void take(SimulationStep simulationStep) {
    SimulatedDevice device = devices.get(Math.floorMod(simulationStep.device(), devices.size()));
    switch (simulationStep.act()) {
      case PUSH_TO_DEVICE -> push(Audience.TargetKind.REGISTRATION, device.id.value());
      case PUSH_TO_USER ->
          push(
              Audience.TargetKind.USER,
              "user" + Math.floorMod(simulationStep.pick(), devices.size()) / 2);
      case PUSH_TO_ALL ->
          submit(push(Audience.Everyone.all(Optional.empty()), Source.Kind.BROADCAST));
      case PUSH_OVER ->
          task(simulationStep).ifPresent(older -> override(older, device, simulationStep.pick()));
      case PUSH_PACED -> pushPaced(simulationStep.pick());
      case PUSH_LATER ->
          schedule(device, Duration.ofHours(1 + Math.floorMod(simulationStep.pick(), 30)));
      case CONNECT -> device.connect(engine.devices());
      case DISCONNECT -> device.disconnect(Math.floorMod(simulationStep.pick(), 3));
      case WRITE -> device.write();
      case DEFER -> defer(device, simulationStep.pick());
      case RECEIVE -> device.receive();
      case OPEN -> device.open(simulationStep.pick());
      case DISMISS -> device.dismiss(simulationStep.pick());
      case SEND_RECEIPTS -> device.sendReceipts();
      case RECALL_TASK ->
          task(simulationStep).ifPresent(task -> recall(task, new Scope.WholeTask()));
      case RECALL_DELIVERY ->
          task(simulationStep).ifPresent(task -> recall(task, new Scope.OneDelivery(device.id)));
      case RECALL_SCHEDULE -> recallSchedule(simulationStep.pick());
      case STOP -> task(simulationStep).ifPresent(this::stop);
      case RELEASE -> release();
      case SECONDS_PASS -> pass(Duration.ofSeconds(Math.floorMod(simulationStep.pick(), 60)));
      case HOURS_PASS -> pass(Duration.ofHours(Math.floorMod(simulationStep.pick(), 20)));
      case RESTART -> restart(simulationStep.pick(), true);
      case CRASH -> restart(simulationStep.pick(), false);
      case CRASH_WHILE_FIRING -> crashWhileFiring(simulationStep.pick());
    }
    // What was noted is written by another thread. Half of the time the next step finds it done;
    // otherwise it may be
    // still under way, and a crash may lose it.
    if (simulationStep.pick() % 2 == 0) {
      engine.awaitIdle();
    }
  }

  private Optional<Task> task(SimulationStep simulationStep) {
    return tasks.isEmpty()
        ? Optional.empty()
        : Optional.of(tasks.get(Math.floorMod(simulationStep.pick(), tasks.size())));
  }

  private void push(Audience.TargetKind targetKind, String target) {
    submit(push(named(targetKind, target), Source.Kind.SIMPLE));
  }

  private static Audience named(Audience.TargetKind targetKind, String target) {
    return new Audience.Targeted(targetKind, List.of(Target.of(target)), Optional.empty());
  }

  private static Push push(Audience audience, Source.Kind kind) {
    return new Push(
        Fixtures.SHOP,
        "",
        audience,
        Content.Notification.of("title", "body"),
        Push.Options.of(Source.of("test", kind), LIFETIME).webhook(WEBHOOK));
  }

  private void submit(Push push) {
    switch (engine.submissions().submit(push)) {
      case SubmitResult.Accepted(Task task) -> accepted(task);
      case SubmitResult.Repeated _, SubmitResult.Refused _ ->
          throw new AssertionError("a good push was not accepted");
    }
  }

  private void pushPaced(int pick) {
    Audience audience =
        pick % 2 == 0
            ? Audience.Everyone.all(Optional.empty())
            : named(Audience.TargetKind.USER, "user" + Math.floorMod(pick, devices.size()) / 2);
    Push push = push(audience, Source.Kind.BROADCAST);
    submit(push.with(push.options().pace(Optional.of(new SendRate.PerSecond(1 + pick % 3)))));
    observer.paced(tasks.getLast().id());
  }

  /// Passes one second for the thread that releases paced deliveries.
  private void release() {
    for (int tick = 0; tick < 3; tick++) {
      engine.pacedSending().runOnce();
      clock.advance(Duration.ofMillis(400));
    }
    engine.pacedSending().runOnce();
  }

  /// Defers the next delivery, as a channel that cannot take it now. Nobody asks for it again: time
  /// must bring it.
  private void defer(SimulatedDevice device, int pick) {
    Duration delay =
        Duration.ofSeconds(Math.floorMod(pick, (int) LONGEST_DEFERRAL.toSeconds() + 1));
    device.defer().ifPresent(id -> defer(id, new Deferred(clock.instant(), delay)));
  }

  private void defer(DeliveryId id, Deferred event) {
    Transition transition =
        process.store().deliveries().apply(List.of(new Change(id, event))).getFirst();
    if (transition instanceof Moved(var _, Queued queued)) {
      observer.deferred(id, queued.notBefore().orElseThrow());
    }
  }

  private void accepted(Task task) {
    tasks.add(task);
    devices.forEach(d -> observer.accepted(new DeliveryId(task.id(), d.id), task.expiresAt()));
  }

  /// Pushes to one device or to all, in the place of an earlier task and of whatever took that
  /// place.
  private void override(Task older, SimulatedDevice device, int pick) {
    boolean toAll = pick % 3 == 0;
    Audience audience =
        toAll
            ? Audience.Everyone.all(Optional.empty())
            : named(Audience.TargetKind.REGISTRATION, device.id.value());
    Map<Platform, OverrideTarget> overrideTarget =
        Map.of(Platform.ANDROID, new OverrideTarget.EarlierTask(older.id(), Duration.ofDays(30)));
    var push =
        new Push(
            Fixtures.SHOP,
            "",
            audience,
            Content.Notification.of("title", "newer"),
            Push.Options.of(
                    Source.of("test", toAll ? Source.Kind.BROADCAST : Source.Kind.SIMPLE), LIFETIME)
                .replacing(overrideTarget)
                .webhook(WEBHOOK));
    submit(push);
    Task newer = tasks.getLast();
    TaskId root = roots.getOrDefault(older.id(), older.id());
    for (SimulatedDevice each : toAll ? devices : List.of(device)) {
      for (Task task : tasks) {
        if (!task.equals(newer) && roots.getOrDefault(task.id(), task.id()).equals(root)) {
          observer.overridden(new DeliveryId(task.id(), each.id));
        }
      }
    }
    roots.put(newer.id(), root);
  }

  private void schedule(SimulatedDevice device, Duration ahead) {
    var push = push(named(Audience.TargetKind.REGISTRATION, device.id.value()), Source.Kind.SIMPLE);
    switch (engine.schedules().schedule(push, new Trigger.Once(clock.instant().plus(ahead)))) {
      case ScheduleResult.Accepted(Schedule schedule, var _) -> schedules.add(schedule.id());
      case ScheduleResult.TooMany _ -> {}
      case ScheduleResult.Refused _, ScheduleResult.Past _, ScheduleResult.TooFar _ ->
          throw new AssertionError("a good schedule was not accepted");
    }
  }

  private void fire() {
    engine.schedules().runOnce();
    noteFired();
  }

  /// Records what schedules pushed. None of it is written to a device before the next step.
  private void noteFired() {
    for (ScheduleId schedule : schedules) {
      for (ScheduledOccurrence scheduledOccurrence :
          engine.schedules().ofSchedule(Fixtures.SHOP, schedule)) {
        if (scheduledOccurrence.occurrence().status()
                instanceof OccurrenceStatus.Fired(TaskId id, var _)
            && tasks.stream().noneMatch(task -> task.id().equals(id))) {
          accepted(engine.tasks().find(Fixtures.SHOP, id).orElseThrow());
        }
      }
    }
  }

  private void recallSchedule(int pick) {
    if (schedules.isEmpty()) {
      return;
    }
    ScheduleId id = schedules.get(Math.floorMod(pick, schedules.size()));
    if (engine.schedules().recall(Fixtures.SHOP, id, "test").isEmpty()) {
      throw new AssertionError("Durable: a schedule is gone: " + id);
    }
    for (ScheduledOccurrence scheduledOccurrence :
        engine.schedules().ofSchedule(Fixtures.SHOP, id)) {
      switch (scheduledOccurrence.occurrence().status()) {
        case OccurrenceStatus.Fired(TaskId task, var _) ->
            devices.forEach(device -> observer.recalled(new DeliveryId(task, device.id)));
        case OccurrenceStatus.Cancelled _, OccurrenceStatus.Dropped _ -> {}
        case OccurrenceStatus.Pending _, OccurrenceStatus.Firing _ ->
            throw new AssertionError(
                "Fence: may fire after its recall returned: " + scheduledOccurrence);
      }
    }
  }

  /// Kills the process after some calls of the store, in the middle of what is due now.
  private void crashWhileFiring(int pick) {
    clock.advance(Duration.ofHours(1));
    process.killAfter(Math.floorMod(pick, 7));
    try {
      engine.schedules().runOnce();
    } catch (StoreException _) {
      // It died.
    }
    restart(pick, false);
    pass(Duration.ZERO);
  }

  private void recall(Task task, Scope scope) {
    RecallResult first = engine.recalls().recall(Fixtures.SHOP, task.id(), scope, "test");
    RecallResult again = engine.recalls().recall(Fixtures.SHOP, task.id(), scope, "test");
    if (!sameRecall(first, again)) {
      throw new AssertionError("Idempotent: recalled twice, got " + first + ", then " + again);
    }
    if (first instanceof RecallResult.Active) {
      Set<SimulatedDevice> meant =
          switch (scope) {
            case Scope.OneDelivery(var registration) ->
                Set.copyOf(devices.stream().filter(d -> d.id.equals(registration)).toList());
            case Scope.WholeTask _, Scope.OneMessage _ -> Set.copyOf(devices);
          };
      meant.forEach(device -> observer.recalled(new DeliveryId(task.id(), device.id)));
    }
  }

  private void stop(Task task) {
    StopResult first = engine.stops().stop(Fixtures.SHOP, task.id(), "test");
    Map<DeliveryStatus, Integer> counts = counts(task);
    StopResult again = engine.stops().stop(Fixtures.SHOP, task.id(), "test");
    if (!first.equals(new StopResult.Stopped(task)) || !again.equals(first)) {
      throw new AssertionError("Idempotent: stopped twice, got " + first + ", then " + again);
    }
    if (counts.keySet().stream().anyMatch(WAITING::contains)) {
      throw new AssertionError("Accounted: stopped, yet something waits: " + counts);
    }
    devices.forEach(device -> observer.stopped(new DeliveryId(task.id(), device.id)));
  }

  private Map<DeliveryStatus, Integer> counts(Task task) {
    return engine.tasks().view(Fixtures.SHOP, task.id()).orElseThrow().counts();
  }

  /// Returns whether two results are about the same recall. A report is live: its parts may move on
  /// between two answers, but not what it is about.
  private static boolean sameRecall(RecallResult first, RecallResult again) {
    if (first instanceof RecallResult.Active(var one, var report)
        && again instanceof RecallResult.Active(var other, var laterReport)) {
      return one.equals(other) && report.total() == laterReport.total();
    }
    return first.getClass() == again.getClass();
  }

  private void pass(Duration time) {
    clock.advance(time);
    fire();
    engine.housekeeping().runOnce();
  }

  private void restart(int arriving, boolean graceful) {
    if (graceful) {
      devices.forEach(device -> device.disconnect(Math.floorMod(arriving, 3)));
    } else {
      process.kill();
      devices.forEach(device -> device.lost(Math.floorMod(arriving, 3)));
    }
    engine.close();
    process = new CrashableStore(store);
    engine = start(process);
  }

  /// Lets every device connect and everything arrive, then checks what must hold at rest; then lets
  /// all time run out and checks that nothing stays undecided.
  public void settleAndCheck() {
    while (engine.pacedSending().running(Fixtures.SHOP) > 0) {
      release();
      engine.housekeeping().runOnce();
    }
    pass(LONGEST_DEFERRAL);
    quiesce();
    new Invariants(engine, observer, devices, tasks).nothingElse();
    new Invariants(engine, observer, devices, tasks).atRest();
    new Invariants(engine, observer, devices, tasks).newest(roots);
    devices.forEach(device -> device.disconnect(0));
    pass(Duration.ofDays(8));
    new Invariants(engine, observer, devices, tasks).afterAllTime();
    new Invariants(engine, observer, devices, tasks).firedOnce(schedules);
    new Invariants(engine, observer, devices, tasks).delivered(store.webhooks(), clock.instant());
  }

  private void quiesce() {
    do {
      for (SimulatedDevice device : devices) {
        device.connect(engine.devices());
        device.write();
        device.receive();
        device.sendReceipts();
      }
      engine.awaitIdle();
    } while (!devices.stream().allMatch(SimulatedDevice::idle));
  }

  @Override
  public void close() {
    engine.close();
  }
}
