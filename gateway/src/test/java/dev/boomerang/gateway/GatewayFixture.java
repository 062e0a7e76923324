// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boomerang.engine.Engine;
import dev.boomerang.engine.recall.RecallResult;
import dev.boomerang.engine.registration.Registrations.Registered;
import dev.boomerang.gateway.config.GatewayConfig;
import dev.boomerang.gateway.config.GatewayListener;
import dev.boomerang.kit.fixture.EngineFixture;
import dev.boomerang.lifecycle.DeliveryStatus;
import dev.boomerang.model.app.AppId;
import dev.boomerang.model.push.Audience;
import dev.boomerang.model.push.Content;
import dev.boomerang.model.push.DeliveryId;
import dev.boomerang.model.push.Push;
import dev.boomerang.model.push.Recall;
import dev.boomerang.model.push.Target;
import dev.boomerang.model.push.Task;
import dev.boomerang.model.registration.Device;
import dev.boomerang.model.registration.Platform;
import dev.boomerang.model.registration.Profile;
import dev.boomerang.model.registration.Registration;
import dev.boomerang.model.registration.RegistrationId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Opens an engine over the in-memory store, with a gateway on a free port.
public final class GatewayFixture implements AutoCloseable {
  public static final AppId APP = new AppId("shop");

  /// Holds a registered device and the password it connects with.
  public record RegisteredDevice(Registration registration, String secret) {
    public RegistrationId id() {
      return registration.id();
    }

    String name() {
      return id().value();
    }

    String pushTopic() {
      return "push/" + id().value();
    }

    String receiptTopic() {
      return "receipt/" + id().value();
    }
  }

  private final EngineFixture engines =
      EngineFixture.inMemory(Clock.systemUTC()).withHousekeeping().open();
  private final Engine engine = engines.engine();
  private final Gateway gateway;

  private GatewayFixture(GatewayConfig config, GatewayListener listener) {
    engines.addApp(APP, "default");
    try {
      gateway = Gateway.open(config, engine.devices(), listener, Clock.systemUTC());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static GatewayConfig config() {
    return GatewayConfig.at("127.0.0.1", 0);
  }

  public static GatewayFixture open() {
    return open(config());
  }

  static GatewayFixture open(GatewayConfig config) {
    return open(config, GatewayListener.NONE);
  }

  static GatewayFixture open(GatewayConfig config, GatewayListener listener) {
    return new GatewayFixture(config, listener);
  }

  /// Returns the number of connections that have sent no CONNECT yet.
  int pending() {
    return gateway.pending();
  }

  public Engine engine() {
    return engine;
  }

  Gateway gateway() {
    return gateway;
  }

  int port() {
    return gateway.address().getPort();
  }

  public RegisteredDevice registerDevice() {
    Registered registered =
        engine
            .registrations()
            .register(
                APP,
                new Device(Platform.ANDROID, Optional.empty(), Map.of()),
                Profile.EMPTY,
                Map.of());
    return new RegisteredDevice(registered.registration(), registered.secret().reveal());
  }

  public Task push(RegisteredDevice to, String title) {
    return push(to, Content.Notification.of(title, "body of " + title), Duration.ofHours(1));
  }

  Task push(RegisteredDevice to, Content content, Duration lifetime) {
    var audience =
        new Audience.Targeted(
            Audience.TargetKind.REGISTRATION, List.of(Target.of(to.name())), Optional.empty());
    return accepted(new Push(APP, "", audience, content, Push.Options.of("test", lifetime)));
  }

  Task accepted(Push push) {
    return engines.accept(push);
  }

  public RecallResult recall(Task task) {
    RecallResult outcome =
        engine.recalls().recall(APP, task.id(), new Recall.Scope.WholeTask(), "test");
    assertThat(outcome).isInstanceOf(RecallResult.Active.class);
    return outcome;
  }

  static String delivery(Task task, RegisteredDevice registeredDevice) {
    return new DeliveryId(task.id(), registeredDevice.id()).wire();
  }

  DeliveryStatus status(Task task, RegisteredDevice registeredDevice) {
    return engine
        .tasks()
        .delivery(APP, task.id(), registeredDevice.id())
        .orElseThrow()
        .state()
        .status();
  }

  public void awaitStatus(
      Task task, RegisteredDevice registeredDevice, DeliveryStatus deliveryStatus) {
    Await.until(
        task.id() + " is " + deliveryStatus + ", not " + status(task, registeredDevice),
        () -> status(task, registeredDevice) == deliveryStatus);
  }

  void awaitConnected(RegisteredDevice registeredDevice, boolean connected) {
    Await.until(
        "connected is " + connected,
        () -> engine.registrations().isConnected(registeredDevice.id()) == connected);
  }

  @Override
  public void close() {
    gateway.close();
    assertThat(gateway.connections()).isZero();
    engines.close();
  }
}
