// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.kit.engine;

import dev.boomerang.engine.Engine;
import dev.boomerang.engine.accept.SubmitResult;
import dev.boomerang.engine.base.Limits;
import dev.boomerang.engine.base.Vault;
import dev.boomerang.kit.fixture.Fixtures;
import dev.boomerang.kit.fixture.ManualClock;
import dev.boomerang.kit.memory.MemoryStore;
import dev.boomerang.lifecycle.DeliveryStatus;
import dev.boomerang.model.app.AppId;
import dev.boomerang.model.push.Audience;
import dev.boomerang.model.push.Content;
import dev.boomerang.model.push.DeliveryId;
import dev.boomerang.model.push.Push;
import dev.boomerang.model.push.Source;
import dev.boomerang.model.push.Target;
import dev.boomerang.model.push.Task;
import dev.boomerang.model.registration.Device;
import dev.boomerang.model.registration.Platform;
import dev.boomerang.model.registration.Profile;
import dev.boomerang.model.registration.Registration;
import dev.boomerang.port.ContentReviewer;
import dev.boomerang.port.DeviceConnection;
import dev.boomerang.port.EngineListener;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// An engine in memory, whose clock the test holds.
final class EngineFixture implements AutoCloseable {
  static final Duration LIFETIME = Duration.ofHours(1);

  final MemoryStore store = new MemoryStore();
  final ManualClock clock = new ManualClock(Fixtures.NOW);
  EngineListener listener = EngineListener.NONE;
  private final ContentReviewer contentReviewer;
  private Limits limits = Limits.DEFAULT;
  Engine engine;

  EngineFixture() {
    this(ContentReviewer.NONE);
  }

  EngineFixture(ContentReviewer contentReviewer) {
    this.contentReviewer = contentReviewer;
    engine = open();
  }

  /// A connection that keeps what it is given.
  static final class Session implements DeviceConnection {
    final List<DeliveryAttempt> offered = new ArrayList<>();
    final List<DeliveryId> withdrawn = new ArrayList<>();
    final List<DeliveryId> dropped = new ArrayList<>();
    int nudges;

    @Override
    public boolean offer(DeliveryAttempt deliveryAttempt) {
      return offered.add(deliveryAttempt);
    }

    @Override
    public void mailboxChanged() {
      nudges++;
    }

    @Override
    public void cancel(List<DeliveryId> deliveries) {
      dropped.addAll(deliveries);
    }

    @Override
    public void withdraw(List<DeliveryId> deliveries) {
      withdrawn.addAll(deliveries);
    }

    @Override
    public void close(CloseReason why) {}
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
        new Engine.Config(limits, vault, number, random, false).reviewer(contentReviewer),
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
    engine.devices().connected(phone, session);
    return session;
  }

  static Push toUser(String user) {
    var audience =
        new Audience.Targeted(Audience.TargetKind.USER, List.of(Target.of(user)), Optional.empty());
    return new Push(
        Fixtures.SHOP,
        "",
        audience,
        Content.Notification.of("t", "b"),
        Push.Options.of("test", LIFETIME));
  }

  static Push toEveryone(Audience.Everyone rule) {
    return new Push(
        Fixtures.SHOP,
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
      case SubmitResult.Accepted(Task task) -> task;
      case SubmitResult.Repeated _, SubmitResult.Refused _ ->
          throw new AssertionError("not accepted");
    };
  }

  Map<DeliveryStatus, Integer> counts(Task task) {
    return engine.tasks().view(Fixtures.SHOP, task.id()).orElseThrow().counts();
  }

  @Override
  public void close() {
    engine.close();
  }
}
