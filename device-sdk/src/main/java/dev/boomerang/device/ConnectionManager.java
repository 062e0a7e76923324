// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.device;

import dev.boomerang.device.internal.delivery.ReceiptSender;
import dev.boomerang.device.internal.journal.Journal;
import dev.boomerang.device.internal.loop.Backoff;
import dev.boomerang.device.internal.loop.EventLoop;
import dev.boomerang.device.internal.registration.DeviceIdentity;
import dev.boomerang.device.internal.registration.Registration;
import dev.boomerang.device.internal.registration.RegistrationException;
import dev.boomerang.device.internal.transport.MqttTransport;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;

/**
 * Keeps this device registered and connected.
 *
 * <p>A failed try is repeated after a growing wait; a connection that held for {@link
 * #STABLE_AFTER} resets the wait. Refused credentials are given up and the device registers anew,
 * once; if the new ones are refused as well, it waits {@link #REFUSED_RETRY} before it does so
 * again. When the gateway cannot be reached for long, it registers again too, because the answer
 * says where the gateway is now.
 */
final class ConnectionManager {
  static final Duration STABLE_AFTER = Duration.ofSeconds(30);
  static final Duration REFUSED_RETRY = Duration.ofHours(1);
  static final int FAILURES_BEFORE_REFRESH = 10;

  private enum Stage {
    IDLE,
    REGISTERING,
    CONNECTING,
    CONNECTED,
    WAITING,
    CLOSED
  }

  private final ClientDependencies environment;
  private final EventLoop loop;
  private final Executor background;
  private final ClientSettings settings;
  private final DeviceIdentity identity;
  private final Journal journal;
  private final MessageProcessor receiver;
  private final ReceiptSender receiptSender;
  private final ProfileSync profileSync;
  private final NotificationHandler handler;
  private final Backoff backoff;

  private Stage stage = Stage.IDLE;
  private Optional<MqttTransport.Connection> connection = Optional.empty();
  private Optional<EventLoop.Timer> timer = Optional.empty();
  private boolean credentialsAreFresh;
  private int failures;

  /** Whether to register although there are credentials, to learn where the gateway is now. */
  private boolean refreshRegistration;

  /** The number of the current connection; events of another one are ignored. */
  private int attempt;

  ConnectionManager(
      ClientDependencies environment,
      ClientSettings settings,
      ClientState state,
      MessageProcessor receiver,
      ReceiptSender receiptSender,
      ProfileSync profileSync,
      NotificationHandler handler) {
    this.environment = environment;
    this.loop = environment.loop;
    this.background = environment.background;
    this.settings = settings;
    this.identity = state.identity;
    this.journal = state.journal;
    this.receiver = receiver;
    this.receiptSender = receiptSender;
    this.profileSync = profileSync;
    this.handler = handler;
    this.backoff = new Backoff(settings.initialBackoff, settings.maxBackoff, environment.random);
  }

  /** Starts to connect, if that was not done before. */
  void open() {
    if (stage == Stage.IDLE) {
      begin();
    }
  }

  /** Connects now instead of waiting for the next try. */
  void reconnectNow() {
    if (stage == Stage.WAITING) {
      backoff.reset();
      begin();
    }
  }

  /** Sends the waiting receipts and disconnects for good. */
  void close(String reason) {
    if (stage == Stage.CLOSED) {
      return;
    }
    receiptSender.send();
    disconnect(true);
    stage = Stage.CLOSED;
    notifyHandler(ConnectionState.Phase.CLOSED, reason, Duration.ZERO);
  }

  private void begin() {
    stopTimer();
    notifyHandler(ConnectionState.Phase.CONNECTING, "", Duration.ZERO);
    if (identity.registration().isPresent() && !refreshRegistration) {
      connect(identity.registration().get());
    } else {
      register();
    }
  }

  private void register() {
    stage = Stage.REGISTERING;
    Map<String, Object> request = settings.registration(identity);
    Map<String, Object> profile = identity.profile();
    String deviceId = identity.deviceId();
    Optional<Registration> existing = identity.registration();
    background.execute(
        () -> {
          try {
            Registration registration =
                settings.tokens.send(
                    deviceId,
                    profile,
                    request,
                    body -> environment.registrationApi.register(body, existing));
            loop.execute(() -> registered(registration, profile));
          } catch (RegistrationException e) {
            loop.execute(() -> notRegistered(e));
          }
        });
  }

  private void registered(Registration registration, Map<String, Object> profile) {
    if (stage != Stage.REGISTERING) {
      return;
    }
    journal.add(registration.write(settings.origin()));
    // A registration sends all members but this one, which the server takes to be on.
    boolean off = Boolean.FALSE.equals(identity.profile().get(DeviceIdentity.NOTIFICATIONS));
    journal.add(identity.synced(profile, off ? Set.of(DeviceIdentity.NOTIFICATIONS) : Set.of()));
    journal.save();
    refreshRegistration = false;
    failures = 0;
    profileSync.sync();
    connect(registration);
  }

  private void notRegistered(RegistrationException e) {
    if (stage != Stage.REGISTERING) {
      return;
    }
    refreshRegistration = false;
    if (e.isIdentityError()) {
      handler.onError("the server does not take this device for who it says it is: " + e.code(), e);
      retryLater(ConnectionState.Phase.WAITING, "registration refused: " + e.code());
    } else if (e.isRefusal() && !identity.registration().isPresent()) {
      retryLater(ConnectionState.Phase.REFUSED, "registration refused: " + e.getMessage());
    } else {
      retryLater(ConnectionState.Phase.WAITING, "registration failed: " + e.getMessage());
    }
  }

  private void connect(Registration registration) {
    stage = Stage.CONNECTING;
    attempt++;
    // A connection may fail before `open` returns, but its events come through the loop, and so
    // after this assignment.
    connection =
        Optional.of(environment.transport.open(registration, new TransportEvents(attempt)));
  }

  private void ready() {
    stage = Stage.CONNECTED;
    failures = 0;
    credentialsAreFresh = false;
    timer = Optional.of(loop.after(STABLE_AFTER, backoff::reset));
    notifyHandler(ConnectionState.Phase.CONNECTED, "", Duration.ZERO);
    connection.ifPresent(
        active -> receiptSender.attach(active, () -> lost("receipts were not acknowledged")));
    profileSync.sync();
  }

  private void lost(String reason) {
    disconnect(false);
    failures++;
    refreshRegistration = failures % FAILURES_BEFORE_REFRESH == 0 && !settings.gateway.isPresent();
    retryLater(ConnectionState.Phase.WAITING, reason);
  }

  private void refused(String reason) {
    disconnect(false);
    forgetRegistration();
    if (credentialsAreFresh) {
      retryLater(ConnectionState.Phase.REFUSED, reason);
    } else {
      credentialsAreFresh = true;
      begin();
    }
  }

  private void forgetRegistration() {
    journal.add(DeviceIdentity.registrationForgotten());
    journal.save();
  }

  private void retryLater(ConnectionState.Phase phase, String reason) {
    stage = Stage.WAITING;
    Duration wait =
        phase == ConnectionState.Phase.REFUSED ? backoff.jittered(REFUSED_RETRY) : backoff.next();
    timer = Optional.of(loop.after(wait, this::begin));
    notifyHandler(phase, reason, wait);
  }

  private void disconnect(boolean gracefully) {
    stopTimer();
    attempt++;
    receiptSender.detach();
    connection.ifPresent(closing -> closing.close(gracefully));
    connection = Optional.empty();
  }

  private void stopTimer() {
    timer.ifPresent(EventLoop.Timer::cancel);
    timer = Optional.empty();
  }

  private void notifyHandler(ConnectionState.Phase phase, String cause, Duration retryIn) {
    handler.onConnectionState(new ConnectionState(phase, cause, retryIn));
  }

  /** Moves the events of a connection onto the loop. */
  private final class TransportEvents implements MqttTransport.Events {
    private final int ownAttempt;

    TransportEvents(int ownAttempt) {
      this.ownAttempt = ownAttempt;
    }

    @Override
    public void ready() {
      onLoop(ConnectionManager.this::ready);
    }

    @Override
    public void refused(String reason) {
      onLoop(() -> ConnectionManager.this.refused(reason));
    }

    @Override
    public void lost(String reason) {
      onLoop(() -> ConnectionManager.this.lost(reason));
    }

    @Override
    public void messageArrived(int message, byte[] payload) {
      onLoop(
          () ->
              connection.ifPresent(
                  from -> receiver.messageArrived(payload, () -> from.acknowledge(message))));
    }

    @Override
    public void published() {
      onLoop(receiptSender::acknowledged);
    }

    private void onLoop(Runnable event) {
      loop.execute(
          () -> {
            if (ownAttempt == attempt) {
              event.run();
            }
          });
    }
  }
}
