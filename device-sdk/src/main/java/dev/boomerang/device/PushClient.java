// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.device;

import dev.boomerang.device.internal.delivery.ReceiptSender;
import dev.boomerang.device.internal.journal.StorageFailedException;
import dev.boomerang.device.internal.json.Json;
import dev.boomerang.device.internal.loop.Backoff;
import dev.boomerang.device.internal.loop.EventLoop;
import dev.boomerang.device.internal.loop.GuardedEventLoop;
import dev.boomerang.device.internal.registration.DeviceIdentity;
import dev.boomerang.device.internal.registration.Registration;
import dev.boomerang.device.internal.registration.RegistrationException;
import dev.boomerang.device.storage.DeviceStorage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A device of a Boomerang server: stays registered and connected, shows what arrives through the
 * app's {@link NotificationHandler}, withdraws what is recalled, and reports what became of each
 * message.
 *
 * <pre>{@code
 * PushClient client =
 *     PushClient.builder("https://push.example.com", appId, deviceKey)
 *         .dataDirectory(directory)
 *         .user("user1024")
 *         .build(handler);
 * client.start();
 * }</pre>
 *
 * <p>Promises: a notification is shown once (see {@link NotificationHandler} for the one gap);
 * nothing is shown after its lifetime or after it was recalled; messages are shown in the order
 * they were sent; a receipt, or a change of user, alias, tags and so on, reaches the server in the
 * end, over lost connections and restarts.
 *
 * <p>Any thread may call any method, and none but {@link #close} waits for anything. Calls run in
 * order on the client's own thread; those made before {@link #start} wait for it.
 */
public final class PushClient implements AutoCloseable {
  private static final long CLOSE_SECONDS = 5;

  private final ClientDependencies environment;
  private final EventLoop loop;
  private final ClientSettings settings;
  private final ClientState state;
  private final NotificationHandler handler;
  private final MessageProcessor receiver;
  private final ProfileSync profileSync;
  private final ConnectionManager connectionManager;

  /** The calls made before the start. */
  private final List<Runnable> beforeStart = new ArrayList<>();

  private boolean started;
  private boolean running;

  /** Whether the client ends, so that later calls do nothing. */
  private boolean closing;

  private final CountDownLatch closed = new CountDownLatch(1);

  PushClient(
      ClientDependencies unguardedEnvironment,
      ClientSettings settings,
      DeviceStorage storage,
      NotificationHandler unguardedHandler) {
    this.loop = new GuardedEventLoop(unguardedEnvironment.loop, this::failed);
    this.environment = unguardedEnvironment.with(loop);
    this.settings = settings;
    this.handler = new GuardedNotificationHandler(unguardedHandler);
    this.state = new ClientState(storage, loop);
    ReceiptSender receiptSender = new ReceiptSender(loop, state.journal, state.deliveryLog);
    NotificationController controller =
        new NotificationController(loop, state.journal, state.deliveryLog, handler);
    this.receiver = new MessageProcessor(loop, state, controller, handler, receiptSender);
    this.profileSync = new ProfileSync(environment, settings, state, handler);
    this.connectionManager =
        new ConnectionManager(
            environment, settings, state, receiver, receiptSender, profileSync, handler);
  }

  /**
   * Returns a builder. {@code server} is the server's HTTP address, {@code deviceKey} the app's
   * public key for its devices.
   */
  public static PushClientBuilder builder(String server, String appId, String deviceKey) {
    return new PushClientBuilder(server, appId, deviceKey);
  }

  /** Starts the client, which stays connected until it is closed. A second call does nothing. */
  public void start() {
    loop.execute(
        () -> {
          if (!started) {
            started = true;
            openStorage();
          }
        });
  }

  /**
   * Reports that the user opened this notification. It may be called in a new process, long after
   * the notification was shown.
   */
  public void notificationOpened(String deliveryId) {
    whenRunning(() -> receiver.opened(deliveryId));
  }

  /** Reports that the user dismissed this notification. */
  public void notificationDismissed(String deliveryId) {
    whenRunning(() -> receiver.dismissed(deliveryId));
  }

  /** Binds this device to a user. */
  public void bindUser(String userId) {
    set(DeviceIdentity.USER, userId);
  }

  /** Ends the binding of this device to a user. */
  public void unbindUser() {
    set(DeviceIdentity.USER, Json.NULL);
  }

  /** Sets the alias of this device. */
  public void setAlias(String alias) {
    set(DeviceIdentity.ALIAS, alias);
  }

  /** Removes the alias of this device. */
  public void clearAlias() {
    set(DeviceIdentity.ALIAS, Json.NULL);
  }

  /** Sets all tags of this device; earlier ones are removed. */
  public void setTags(Collection<String> tags) {
    set(DeviceIdentity.TAGS, new ArrayList<>(new LinkedHashSet<>(tags)));
  }

  /** Sets the region of this device. */
  public void setRegion(String region) {
    set(DeviceIdentity.REGION, region);
  }

  /**
   * Sets the token that a vendor's own push service gave this app, so that the server can reach it
   * through that service too.
   */
  public void setVendorToken(String channel, String token) {
    whenRunning(
        () ->
            state.identity.setIn(DeviceIdentity.CHANNELS, channel, token).ifPresent(this::change));
  }

  /** Tells the server whether the user lets this app show notifications. */
  public void setNotificationsEnabled(boolean on) {
    set(DeviceIdentity.NOTIFICATIONS, on);
  }

  /**
   * Connects now instead of waiting for the next try. Call it when the network is back or the app
   * comes to the front.
   */
  public void reconnectNow() {
    whenRunning(connectionManager::reconnectNow);
  }

  /** Returns the id of the registration at the server; empty until the device has registered. */
  public Optional<String> registrationId() {
    return state.identity.registration().map(registration -> registration.id);
  }

  /**
   * Ends the registration, at the server and here, forgets everything, and closes. If the server
   * cannot be reached, the client keeps trying until it is closed; a client that later starts on
   * the same storage tries once more, then registers anew. To be a device again, build a new
   * client.
   */
  public void unregister() {
    whenRunning(
        () -> {
          running = false;
          closing = true;
          state.journal.add(DeviceIdentity.unregistering());
          state.journal.save();
          profileSync.close();
          connectionManager.close("unregistered");
          Backoff backoff =
              new Backoff(settings.initialBackoff, settings.maxBackoff, environment.random);
          unregister(backoff);
        });
  }

  /**
   * Disconnects and frees everything. What was not sent yet is sent after the next start. It waits
   * for at most 5 s.
   */
  @Override
  public void close() {
    loop.execute(() -> shutDown("closed"));
    if (loop.isCurrent()) {
      return;
    }
    try {
      if (!closed.await(CLOSE_SECONDS, TimeUnit.SECONDS)) {
        handler.onError("closing takes long", new IOException("the app or the storage blocks"));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void openStorage() {
    try {
      state.journal.open();
    } catch (IOException e) {
      throw new StorageFailedException(e);
    }
    int ignored = state.deliveryLog.ignoredRecords();
    if (ignored > 0) {
      handler.onError(
          "stored deliveries were ignored: " + ignored,
          new IOException("their state is unknown; did a newer version store them?"));
    }
    if (state.identity.isUnregistering() && state.identity.registration().isPresent()) {
      finishUnregistering(state.identity.registration().get());
    } else {
      startRunning();
    }
  }

  /** Ends a registration that an earlier run was to end, but could not end at the server. */
  private void finishUnregistering(Registration registration) {
    environment.background.execute(
        () -> {
          try {
            environment.registrationApi.unregister(registration);
          } catch (RegistrationException e) {
            handler.onError("the server could not be told that an earlier registration ended", e);
          }
          loop.execute(
              () -> {
                state.wipe();
                startRunning();
              });
        });
  }

  private void startRunning() {
    mergeSettings();
    running = true;
    beforeStart.forEach(Runnable::run);
    beforeStart.clear();
    receiver.resume();
    connectionManager.open();
    profileSync.sync();
  }

  /** Merges what the builder set into what is stored. */
  private void mergeSettings() {
    DeviceIdentity identity = state.identity;
    String deviceId =
        settings.deviceId.orElseGet(
            () ->
                identity.deviceId().isEmpty() ? UUID.randomUUID().toString() : identity.deviceId());
    boolean isAnother =
        !deviceId.equals(identity.deviceId()) || !settings.origin().equals(identity.origin());
    if (!deviceId.equals(identity.deviceId())) {
      state.journal.add(DeviceIdentity.device(deviceId));
    }
    if (isAnother && identity.registration().isPresent()) {
      state.journal.add(DeviceIdentity.registrationForgotten());
    }
    settings.profile.forEach(
        (member, value) -> identity.set(member, value).ifPresent(state.journal::add));
    state.journal.save();
  }

  private void set(String member, Object value) {
    whenRunning(() -> state.identity.set(member, value).ifPresent(this::change));
  }

  private void change(Json record) {
    state.journal.add(record);
    state.journal.save();
    profileSync.sync();
  }

  private void unregister(Backoff backoff) {
    Optional<Registration> registration = state.identity.registration();
    if (!registration.isPresent()) {
      unregistered();
      return;
    }
    environment.background.execute(
        () -> {
          try {
            environment.registrationApi.unregister(registration.get());
            loop.execute(this::unregistered);
          } catch (RegistrationException e) {
            if (e.isRefusal()) {
              loop.execute(this::unregistered);
            } else {
              loop.execute(() -> environment.loop.after(backoff.next(), () -> unregister(backoff)));
            }
          }
        });
  }

  private void unregistered() {
    state.wipe();
    shutDown("unregistered");
  }

  private void whenRunning(Runnable task) {
    loop.execute(
        () -> {
          if (running) {
            task.run();
          } else if (!closing) {
            beforeStart.add(task);
          }
        });
  }

  private void failed(RuntimeException e) {
    if (e instanceof StorageFailedException) {
      handler.onError("the client stops", e);
      shutDown(String.valueOf(e.getMessage()));
    } else {
      handler.onError("an internal error; the client goes on", e);
    }
  }

  private void shutDown(String reason) {
    running = false;
    closing = true;
    profileSync.close();
    connectionManager.close(reason);
    try {
      state.journal.close();
    } catch (IOException e) {
      handler.onError("the device storage could not be closed", e);
    }
    loop.close();
    closed.countDown();
  }
}
