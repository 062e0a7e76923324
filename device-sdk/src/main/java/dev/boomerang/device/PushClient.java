// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.device;

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
 * A device of a Boomerang server: keeps registered and connected, shows what comes through the
 * app's {@link Screen}, takes off what is called back, and reports what became of each message.
 *
 * <pre>{@code
 * PushClient client =
 *     PushClient.of("https://push.example.com", appId, deviceKey)
 *         .dataDirectory(directory)
 *         .user("user1024")
 *         .build(screen);
 * client.start();
 * }</pre>
 *
 * <p>Promises: a notice is shown once (see {@link Screen} for the one gap); nothing is shown after
 * its lifetime or after it was called back; messages come in the order they were sent; a receipt,
 * or a change of user, alias, tags and so on, reaches the server in the end, over lost connections
 * and restarts.
 *
 * <p>Any thread may call any method, and none but {@link #close} waits for anything. Calls are
 * obeyed in order on the client's own thread; those made before {@link #start} wait for it.
 */
public final class PushClient implements AutoCloseable {
  private static final long CLOSE_SECONDS = 5;

  private final Outside outside;
  private final Loop loop;
  private final Settings settings;
  private final State state;
  private final Screen screen;
  private final Inbox inbox;
  private final ProfileSync sync;
  private final Connection connection;

  /** What was asked for before the start. */
  private final List<Runnable> early = new ArrayList<>();

  private boolean started;
  private boolean running;

  /** Nothing that is asked for any more will be done. */
  private boolean ending;

  private final CountDownLatch closed = new CountDownLatch(1);

  PushClient(Outside raw, Settings settings, DeviceStorage storage, Screen app) {
    this.loop = new GuardedLoop(raw.loop, this::failed);
    this.outside = raw.with(loop);
    this.settings = settings;
    this.screen = new GuardedScreen(app);
    this.state = new State(storage, loop);
    Outbox outbox = new Outbox(loop, state.journal, state.ledger);
    Board board = new Board(loop, state.journal, state.ledger, screen);
    this.inbox = new Inbox(loop, state, board, screen, outbox);
    this.sync = new ProfileSync(outside, settings, state, screen);
    this.connection = new Connection(outside, settings, state, inbox, outbox, sync, screen);
  }

  /** {@code server} is its HTTP address; {@code deviceKey} the app's public key for its devices. */
  public static PushClientBuilder of(String server, String appId, String deviceKey) {
    return new PushClientBuilder(server, appId, deviceKey);
  }

  /** Sets it going, for good: it keeps connected until it is closed. A second call does nothing. */
  public void start() {
    loop.execute(
        () -> {
          if (!started) {
            started = true;
            open();
          }
        });
  }

  /** The user opened this notice. Also right in a new process, long after it was shown. */
  public void opened(String deliveryId) {
    whenRunning(() -> inbox.opened(deliveryId));
  }

  /** The user swept this notice away. */
  public void dismissed(String deliveryId) {
    whenRunning(() -> inbox.dismissed(deliveryId));
  }

  /** This device belongs to that user from now on. */
  public void bindUser(String userId) {
    set(Identity.USER, userId);
  }

  /** This device belongs to nobody from now on. */
  public void unbindUser() {
    set(Identity.USER, Json.NULL);
  }

  public void setAlias(String alias) {
    set(Identity.ALIAS, alias);
  }

  public void clearAlias() {
    set(Identity.ALIAS, Json.NULL);
  }

  /** All tags; others from before go away. */
  public void setTags(Collection<String> tags) {
    set(Identity.TAGS, new ArrayList<>(new LinkedHashSet<>(tags)));
  }

  public void setRegion(String region) {
    set(Identity.REGION, region);
  }

  /**
   * The token a vendor's own push service gave this app, so that the server can reach it that way
   * too.
   */
  public void setVendorToken(String channel, String token) {
    whenRunning(
        () -> state.identity.setIn(Identity.CHANNELS, channel, token).ifPresent(this::change));
  }

  /** Whether the user lets this app show notices. */
  public void setNotificationsOn(boolean on) {
    set(Identity.NOTIFICATIONS, on);
  }

  /**
   * Connects now instead of waiting for the next try: the network is back, or the app came to the
   * front.
   */
  public void wakeUp() {
    whenRunning(connection::wakeUp);
  }

  /** What the server calls this device; empty until it has registered. */
  public Optional<String> registrationId() {
    return state.identity.registration().map(registration -> registration.id);
  }

  /**
   * Ends the registration, at the server and here, and forgets everything, then closes. If the
   * server cannot be reached it keeps trying until it is closed; a client that later starts on the
   * same storage tries once more, then registers anew. To be a device again, build a new client.
   */
  public void leave() {
    whenRunning(
        () -> {
          running = false;
          ending = true;
          state.journal.add(Identity.leaving());
          state.journal.save();
          sync.close();
          connection.close("left");
          Backoff backoff =
              new Backoff(settings.firstBackoff, settings.longestBackoff, outside.random);
          leave(backoff);
        });
  }

  /**
   * Disconnects and frees everything; what was not sent yet is sent after the next start. Waits for
   * at most 5 s.
   */
  @Override
  public void close() {
    loop.execute(() -> shut("closed"));
    if (loop.isCurrent()) {
      return;
    }
    try {
      if (!closed.await(CLOSE_SECONDS, TimeUnit.SECONDS)) {
        screen.trouble("closing takes long", new IOException("the app or the storage blocks"));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void open() {
    try {
      state.journal.open();
    } catch (IOException e) {
      throw new StorageFailure(e);
    }
    if (state.identity.isLeaving() && state.identity.registration().isPresent()) {
      finishLeaving(state.identity.registration().get());
    } else {
      run();
    }
  }

  /** An earlier run was to leave and did not get to tell the server. */
  private void finishLeaving(Registration registration) {
    outside.background.execute(
        () -> {
          try {
            outside.desk.leave(registration);
          } catch (DeskException e) {
            screen.trouble("the server was not told that an earlier registration ended", e);
          }
          loop.execute(
              () -> {
                state.wipe();
                run();
              });
        });
  }

  private void run() {
    introduce();
    running = true;
    early.forEach(Runnable::run);
    early.clear();
    inbox.resume();
    connection.open();
    sync.nudge();
  }

  /** Brings together what is stored and what the builder said. */
  private void introduce() {
    Identity identity = state.identity;
    String deviceId =
        settings.deviceId.orElseGet(
            () ->
                identity.deviceId().isEmpty() ? UUID.randomUUID().toString() : identity.deviceId());
    boolean isAnother =
        !deviceId.equals(identity.deviceId()) || !settings.origin().equals(identity.origin());
    if (!deviceId.equals(identity.deviceId())) {
      state.journal.add(Identity.device(deviceId));
    }
    if (isAnother && identity.registration().isPresent()) {
      state.journal.add(Identity.forgotten());
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
    sync.nudge();
  }

  private void leave(Backoff backoff) {
    Optional<Registration> registration = state.identity.registration();
    if (!registration.isPresent()) {
      left();
      return;
    }
    outside.background.execute(
        () -> {
          try {
            outside.desk.leave(registration.get());
            loop.execute(this::left);
          } catch (DeskException e) {
            if (e.isRefusal()) {
              loop.execute(this::left);
            } else {
              loop.execute(() -> outside.loop.after(backoff.next(), () -> leave(backoff)));
            }
          }
        });
  }

  private void left() {
    state.wipe();
    shut("left");
  }

  private void whenRunning(Runnable task) {
    loop.execute(
        () -> {
          if (running) {
            task.run();
          } else if (!ending) {
            early.add(task);
          }
        });
  }

  private void failed(RuntimeException e) {
    if (e instanceof StorageFailure) {
      screen.trouble("the client stops", e);
      shut(String.valueOf(e.getMessage()));
    } else {
      screen.trouble("the client met a fault of its own and goes on", e);
    }
  }

  private void shut(String why) {
    running = false;
    ending = true;
    sync.close();
    connection.close(why);
    try {
      state.journal.close();
    } catch (IOException e) {
      screen.trouble("the device storage could not be closed", e);
    }
    loop.close();
    closed.countDown();
  }
}
