// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.kit.engine;

import dev.boomerang.engine.Engine;
import dev.boomerang.engine.base.Limits;
import dev.boomerang.kit.fixture.EngineFixture;
import dev.boomerang.kit.fixture.Fixtures;
import dev.boomerang.kit.fixture.ManualClock;
import dev.boomerang.kit.fixture.TestDevice;
import dev.boomerang.kit.memory.MemoryStore;
import dev.boomerang.lifecycle.DeliveryStatus;
import dev.boomerang.model.app.AppId;
import dev.boomerang.model.push.Audience;
import dev.boomerang.model.push.Content;
import dev.boomerang.model.push.Push;
import dev.boomerang.model.push.Source;
import dev.boomerang.model.push.Target;
import dev.boomerang.model.push.Task;
import dev.boomerang.model.registration.Platform;
import dev.boomerang.model.registration.Profile;
import dev.boomerang.model.registration.Registration;
import dev.boomerang.port.ContentReviewer;
import dev.boomerang.port.EngineListener;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// An [EngineFixture] with the pushes that the tests of this package send.
final class PushFixture implements AutoCloseable {
  static final Duration LIFETIME = Duration.ofHours(1);

  final MemoryStore store = new MemoryStore();
  final ManualClock clock = new ManualClock(Fixtures.NOW);
  private EngineFixture.Setup setup;
  private EngineFixture fixture;
  Engine engine;

  PushFixture() {
    this(ContentReviewer.NONE);
  }

  PushFixture(ContentReviewer reviewer) {
    setup = EngineFixture.inMemory(clock).withStore(store).withReviewer(reviewer);
    fixture = setup.open();
    engine = fixture.engine();
  }

  /// Closes the engine and opens it again with a listener.
  void restart(EngineListener listener) {
    fixture.close();
    setup = setup.withListener(listener);
    fixture = setup.open();
    engine = fixture.engine();
  }

  /// Opens another engine over the same store; the caller closes it.
  Engine node(int number) {
    return fixture.node(number);
  }

  void restart() {
    fixture.restart();
    engine = fixture.engine();
  }

  void restart(Limits limits) {
    fixture.restart(limits);
    engine = fixture.engine();
  }

  Registration register(AppId app, String user) {
    return register(app, Optional.of(user), Platform.ANDROID);
  }

  Registration register(AppId app, Optional<String> user, Platform platform) {
    return fixture.register(app, platform, Profile.EMPTY.withUser(user));
  }

  /// Connects a device that takes what it is offered and says nothing.
  TestDevice connect(Registration registration) {
    return TestDevice.silent(engine.devices(), registration);
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
    return accept(toUser(user));
  }

  Task broadcast(Audience.Everyone rule) {
    return accept(toEveryone(rule));
  }

  Task accept(Push push) {
    return fixture.accept(push);
  }

  Map<DeliveryStatus, Integer> counts(Task task) {
    return fixture.counts(task);
  }

  @Override
  public void close() {
    fixture.close();
  }
}
