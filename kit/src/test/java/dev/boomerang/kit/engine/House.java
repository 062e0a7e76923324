// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.kit.engine;

import dev.boomerang.engine.Engine;
import dev.boomerang.engine.Limits;
import dev.boomerang.engine.Submission;
import dev.boomerang.engine.Vault;
import dev.boomerang.kit.Given;
import dev.boomerang.kit.ManualClock;
import dev.boomerang.lifecycle.Phase;
import dev.boomerang.memory.MemoryStore;
import dev.boomerang.model.AppId;
import dev.boomerang.model.Audience;
import dev.boomerang.model.Content;
import dev.boomerang.model.DeliveryId;
import dev.boomerang.model.Device;
import dev.boomerang.model.Platform;
import dev.boomerang.model.Profile;
import dev.boomerang.model.Push;
import dev.boomerang.model.Registration;
import dev.boomerang.model.Source;
import dev.boomerang.model.Target;
import dev.boomerang.model.Task;
import dev.boomerang.port.Attachment;
import dev.boomerang.port.EngineListener;
import dev.boomerang.port.Reviewer;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// An engine in memory, whose clock the test holds.
final class House implements AutoCloseable {
  static final Duration LIFETIME = Duration.ofHours(1);

  final MemoryStore store = new MemoryStore();
  final ManualClock clock = new ManualClock(Given.NOW);
  EngineListener listener = EngineListener.NONE;
  private final Reviewer reviewer;
  private Limits limits = Limits.DEFAULT;
  Engine engine;

  House() {
    this(Reviewer.NONE);
  }

  House(Reviewer reviewer) {
    this.reviewer = reviewer;
    engine = open();
  }

  /// A connection that keeps what it is given.
  static final class Session implements Attachment {
    final List<Handover> offered = new ArrayList<>();
    final List<DeliveryId> withdrawn = new ArrayList<>();
    final List<DeliveryId> dropped = new ArrayList<>();
    int nudges;

    @Override
    public boolean offer(Handover handover) {
      return offered.add(handover);
    }

    @Override
    public void nudge() {
      nudges++;
    }

    @Override
    public void drop(List<DeliveryId> deliveries) {
      dropped.addAll(deliveries);
    }

    @Override
    public void withdraw(List<DeliveryId> deliveries) {
      withdrawn.addAll(deliveries);
    }

    @Override
    public void end(End why) {}
  }

  private Engine open() {
    return node(0);
  }

  /// Another one over the same store.
  Engine node(int number) {
    var random = new SecureRandom();
    var vault = new Vault(new byte[Vault.MASTER_KEY_BYTES], random);
    return Engine.open(
        store,
        new Engine.Config(limits, vault, number, random, false).reviewer(reviewer),
        listener,
        clock);
  }

  void restart() {
    engine.close();
    engine = open();
  }

  void restart(Limits newLimits) {
    limits = newLimits;
    restart();
  }

  Registration phone(AppId app, String user) {
    return phone(app, Optional.of(user), Platform.ANDROID);
  }

  Registration phone(AppId app, Optional<String> user, Platform platform) {
    return engine
        .registrations()
        .register(
            app,
            new Device(platform, Optional.empty(), Map.of()),
            Profile.EMPTY.withUser(user),
            Map.of())
        .registration();
  }

  Session connect(Registration phone) {
    var session = new Session();
    engine.devices().attach(phone, session);
    return session;
  }

  static Push toUser(String user) {
    var audience = new Audience.Named(Audience.By.USER, List.of(Target.of(user)), Optional.empty());
    return new Push(
        Given.SHOP,
        "",
        audience,
        Content.Notification.of("t", "b"),
        Push.Options.of("test", LIFETIME));
  }

  static Push toEveryone(Audience.Everyone rule) {
    return new Push(
        Given.SHOP,
        "",
        rule,
        Content.Notification.of("t", "b"),
        Push.Options.of(Source.of("test", Source.Kind.BROADCAST), LIFETIME));
  }

  Task push(String user) {
    return accepted(toUser(user));
  }

  Task broadcast(Audience.Everyone rule) {
    return accepted(toEveryone(rule));
  }

  Task accepted(Push push) {
    return switch (engine.submissions().submit(push)) {
      case Submission.Accepted(Task task) -> task;
      case Submission.Repeated _, Submission.Refused _ -> throw new AssertionError("not accepted");
    };
  }

  Map<Phase, Integer> counts(Task task) {
    return engine.tasks().view(Given.SHOP, task.id()).orElseThrow().counts();
  }

  @Override
  public void close() {
    engine.close();
  }
}
