// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.device;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;

/**
 * Keeps this device registered and connected.
 *
 * <p>What fails is tried again after a growing while; a connection that held for {@link #STABLE}
 * sets that back to the start. Refused credentials are given up and the device registers anew,
 * once; if the new ones are refused as well, it waits {@link #REFUSED_WAIT} before it does so
 * again. When the gateway cannot be reached for long, it registers again too, as the answer says
 * where the gateway is now.
 */
final class Connection {
  static final Duration STABLE = Duration.ofSeconds(30);
  static final Duration REFUSED_WAIT = Duration.ofHours(1);
  static final int FAILURES_BEFORE_ASKING = 10;

  private enum Stage {
    IDLE,
    REGISTERING,
    CONNECTING,
    UP,
    WAITING,
    CLOSED
  }

  private final Outside outside;
  private final Loop loop;
  private final Executor background;
  private final Settings settings;
  private final Identity identity;
  private final Journal journal;
  private final Inbox inbox;
  private final Outbox outbox;
  private final ProfileSync sync;
  private final Screen screen;
  private final Backoff backoff;

  private Stage stage = Stage.IDLE;
  private Optional<Links.Link> link = Optional.empty();
  private Optional<Loop.Timer> timer = Optional.empty();
  private boolean credentialsAreFresh;
  private int failures;

  /** Register even though there are credentials: to learn where the gateway is now. */
  private boolean askAgain;

  /** Names the current link: what another one tells is of no interest. */
  private int attempt;

  Connection(
      Outside outside,
      Settings settings,
      State state,
      Inbox inbox,
      Outbox outbox,
      ProfileSync sync,
      Screen screen) {
    this.outside = outside;
    this.loop = outside.loop;
    this.background = outside.background;
    this.settings = settings;
    this.identity = state.identity;
    this.journal = state.journal;
    this.inbox = inbox;
    this.outbox = outbox;
    this.sync = sync;
    this.screen = screen;
    this.backoff = new Backoff(settings.firstBackoff, settings.longestBackoff, outside.random);
  }

  void open() {
    if (stage == Stage.IDLE) {
      begin();
    }
  }

  /** Tries now instead of waiting on. */
  void wakeUp() {
    if (stage == Stage.WAITING) {
      backoff.reset();
      begin();
    }
  }

  /** The last thing: sends what receipts there are and goes. */
  void close(String why) {
    if (stage == Stage.CLOSED) {
      return;
    }
    outbox.send();
    drop(true);
    stage = Stage.CLOSED;
    tell(ConnectionState.Phase.CLOSED, why, Duration.ZERO);
  }

  private void begin() {
    stopTimer();
    tell(ConnectionState.Phase.CONNECTING, "", Duration.ZERO);
    if (identity.registration().isPresent() && !askAgain) {
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
    Optional<Registration> known = identity.registration();
    background.execute(
        () -> {
          try {
            Registration registration =
                settings.tokens.send(
                    deviceId, profile, request, body -> outside.desk.register(body, known));
            loop.execute(() -> registered(registration, profile));
          } catch (DeskException e) {
            loop.execute(() -> notRegistered(e));
          }
        });
  }

  private void registered(Registration registration, Map<String, Object> profile) {
    if (stage != Stage.REGISTERING) {
      return;
    }
    journal.add(registration.write(settings.origin()));
    // Registering says all but this one, which the server takes to be on.
    boolean off = Boolean.FALSE.equals(identity.profile().get(Identity.NOTIFICATIONS));
    journal.add(identity.told(profile, off ? Set.of(Identity.NOTIFICATIONS) : Set.of()));
    journal.save();
    askAgain = false;
    failures = 0;
    sync.nudge();
    connect(registration);
  }

  private void notRegistered(DeskException e) {
    if (stage != Stage.REGISTERING) {
      return;
    }
    askAgain = false;
    if (e.isIdentity()) {
      screen.trouble("the server does not take this device for who it says it is: " + e.code(), e);
      pause(ConnectionState.Phase.WAITING, "registration refused: " + e.code());
    } else if (e.isRefusal() && !identity.registration().isPresent()) {
      pause(ConnectionState.Phase.REFUSED, "registration refused: " + e.getMessage());
    } else {
      pause(ConnectionState.Phase.WAITING, "registration failed: " + e.getMessage());
    }
  }

  private void connect(Registration registration) {
    stage = Stage.CONNECTING;
    attempt++;
    // A link may fail before `open` returns, but its events come through the loop, and so after
    // this.
    link = Optional.of(outside.links.open(registration, new LinkEvents(attempt)));
  }

  private void ready() {
    stage = Stage.UP;
    failures = 0;
    credentialsAreFresh = false;
    timer = Optional.of(loop.after(STABLE, backoff::reset));
    tell(ConnectionState.Phase.CONNECTED, "", Duration.ZERO);
    link.ifPresent(up -> outbox.attach(up, () -> lost("receipts were not acknowledged")));
    sync.nudge();
  }

  private void lost(String why) {
    drop(false);
    failures++;
    askAgain = failures % FAILURES_BEFORE_ASKING == 0 && !settings.gateway.isPresent();
    pause(ConnectionState.Phase.WAITING, why);
  }

  private void refused(String why) {
    drop(false);
    forgetRegistration();
    if (credentialsAreFresh) {
      pause(ConnectionState.Phase.REFUSED, why);
    } else {
      credentialsAreFresh = true;
      begin();
    }
  }

  private void forgetRegistration() {
    journal.add(Identity.forgotten());
    journal.save();
  }

  private void pause(ConnectionState.Phase phase, String why) {
    stage = Stage.WAITING;
    Duration wait =
        phase == ConnectionState.Phase.REFUSED ? backoff.jittered(REFUSED_WAIT) : backoff.next();
    timer = Optional.of(loop.after(wait, this::begin));
    tell(phase, why, wait);
  }

  private void drop(boolean politely) {
    stopTimer();
    attempt++;
    outbox.detach();
    link.ifPresent(gone -> gone.close(politely));
    link = Optional.empty();
  }

  private void stopTimer() {
    timer.ifPresent(Loop.Timer::cancel);
    timer = Optional.empty();
  }

  private void tell(ConnectionState.Phase phase, String cause, Duration retryIn) {
    screen.connection(new ConnectionState(phase, cause, retryIn));
  }

  /** Brings what a link tells onto the loop. */
  private final class LinkEvents implements Links.Events {
    private final int mine;

    LinkEvents(int mine) {
      this.mine = mine;
    }

    @Override
    public void ready() {
      onLoop(Connection.this::ready);
    }

    @Override
    public void refused(String why) {
      onLoop(() -> Connection.this.refused(why));
    }

    @Override
    public void lost(String why) {
      onLoop(() -> Connection.this.lost(why));
    }

    @Override
    public void arrived(int message, byte[] payload) {
      onLoop(() -> link.ifPresent(from -> inbox.arrived(payload, () -> from.acknowledge(message))));
    }

    @Override
    public void published() {
      onLoop(outbox::published);
    }

    private void onLoop(Runnable event) {
      loop.execute(
          () -> {
            if (mine == attempt) {
              event.run();
            }
          });
    }
  }
}
