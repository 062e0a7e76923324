// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.engine.deliver;

import dev.boomerang.engine.base.Secrets;
import dev.boomerang.engine.deliver.AuthResult.Authenticated;
import dev.boomerang.engine.deliver.AuthResult.Rejected;
import dev.boomerang.lifecycle.DeliveryEvent;
import dev.boomerang.lifecycle.DeliveryEvent.Arrived;
import dev.boomerang.lifecycle.DeliveryEvent.Claimed;
import dev.boomerang.lifecycle.DeliveryEvent.DismissReported;
import dev.boomerang.lifecycle.DeliveryEvent.NotSent;
import dev.boomerang.lifecycle.DeliveryEvent.OpenReported;
import dev.boomerang.lifecycle.DeliveryEvent.ReplacedOnDevice;
import dev.boomerang.lifecycle.DeliveryEvent.ShownReported;
import dev.boomerang.lifecycle.DeliveryEvent.WithdrawConfirmed;
import dev.boomerang.lifecycle.DeliveryEvent.WithdrawFailed;
import dev.boomerang.lifecycle.DeliveryState.Queued;
import dev.boomerang.lifecycle.DeliveryState.Sending;
import dev.boomerang.lifecycle.Transition;
import dev.boomerang.lifecycle.Transition.Moved;
import dev.boomerang.model.app.AppId;
import dev.boomerang.model.app.Secret;
import dev.boomerang.model.push.DeliveryId;
import dev.boomerang.model.push.Receipt;
import dev.boomerang.model.push.TaskId;
import dev.boomerang.model.registration.AudienceAttributes;
import dev.boomerang.model.registration.Registration;
import dev.boomerang.model.registration.RegistrationId;
import dev.boomerang.port.BroadcastStore;
import dev.boomerang.port.DeliveryStore;
import dev.boomerang.port.DeliveryStore.Change;
import dev.boomerang.port.DeliveryStore.MailboxEntry;
import dev.boomerang.port.DeviceConnection;
import dev.boomerang.port.DeviceConnection.DeliveryAttempt;
import dev.boomerang.port.RegistrationStore;
import dev.boomerang.port.Store;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/// Answers the gateway, as the engine's side of a device connection.
public final class Devices {

  /// Holds a page of a mailbox, claimed for one session. Reading goes on after `last` while `more`.
  public record MailboxPage(List<DeliveryAttempt> attempts, TaskId last, boolean more) {
    public MailboxPage {
      attempts = List.copyOf(attempts);
    }
  }

  private final RegistrationStore registrations;
  private final DeliveryStore store;
  private final BroadcastStore broadcasts;
  private final Deliveries deliveries;
  private final Connections connections;
  private final Fence fence;
  private final MailboxLimiter mailboxLimiter;
  private final Clock clock;
  private final LastSeen lastSeen;

  /// Creates it; `mailbox` is as in [Limits][dev.boomerang.engine.base.Limits].
  public Devices(
      Store stores,
      Deliveries deliveries,
      Connections connections,
      Fence fence,
      LastSeen lastSeen,
      int mailbox,
      Clock clock) {
    this.registrations = stores.registrations();
    this.store = stores.deliveries();
    this.broadcasts = stores.broadcasts();
    this.deliveries = deliveries;
    this.connections = connections;
    this.fence = fence;
    this.lastSeen = lastSeen;
    this.mailboxLimiter = new MailboxLimiter(store, deliveries, mailbox);
    this.clock = clock;
  }

  /// Returns whether a device that shows this app, id and password may connect. Blocks.
  public AuthResult authenticate(AppId app, RegistrationId id, Secret password) {
    return switch (authenticate(id, password)) {
      case Authenticated authenticated when authenticated.registration().app().equals(app) ->
          authenticated;
      case Authenticated _, Rejected _ -> new Rejected();
    };
  }

  /// Returns whether the secret is the registration's. Blocks.
  public AuthResult authenticate(RegistrationId id, Secret password) {
    long epoch = connections.epoch(id);
    Optional<Registration> found = registrations.find(id);
    // The comparison is made either way, so that its time does not tell whether the id exists.
    String hash = found.map(registration -> registration.reachability().secretHash()).orElse("");
    boolean matches = Secrets.matches(hash, password);
    return found.isPresent() && matches ? new Authenticated(found.get(), epoch) : new Rejected();
  }

  /// Connects a session, which gets offers from then on; the registration's session before it is
  /// closed. Returns false, and does nothing, if the secret may have been replaced since it was
  /// checked, or the registration removed: then the device has to be authenticated again.
  public boolean connected(Authenticated authenticated, DeviceConnection deviceConnection) {
    Registration registration = authenticated.registration();
    boolean connected =
        connections.connected(registration, deviceConnection, authenticated.epoch());
    if (connected) {
      lastSeen.connected(registration, clock.instant());
    }
    return connected;
  }

  /// Connects a session of a registration that the caller has authenticated otherwise.
  public void connected(Registration registration, DeviceConnection deviceConnection) {
    while (!connected(
        new Authenticated(registration, connections.epoch(registration.id())), deviceConnection)) {
      Thread.onSpinWait();
    }
  }

  public void disconnected(RegistrationId registration, DeviceConnection deviceConnection) {
    lastSeen.disconnected(registration, clock.instant());
    connections.disconnected(registration, deviceConnection);
  }

  /// Returns what the device still has to be told to take off, oldest first. Blocks.
  public List<DeliveryId> withdrawals(RegistrationId registration, TaskId after, int limit) {
    List<DeliveryId> own = store.recalling(registration, after, limit);
    List<DeliveryId> ofBroadcasts =
        audienceAttributes(registration)
            .map(
                audienceAttributes ->
                    broadcasts.recalling(registration, audienceAttributes.app(), after, limit))
            .orElse(List.of());
    return merged(own, ofBroadcasts, DeliveryId::task, limit);
  }

  /// Claims what waits for the device, durably, and returns it, oldest first: from then on it may
  /// be out. What an earlier session got and was never acknowledged comes again. Blocks.
  public MailboxPage mailbox(RegistrationId registration, TaskId after, int limit) {
    Instant now = clock.instant();
    if (after.equals(TaskId.NONE)) {
      deliveries.awaitEnqueued();
      supersede(registration, now);
      mailboxLimiter.trim(registration, now);
    }
    List<MailboxEntry> own = store.mailbox(registration, after, now, limit);
    List<MailboxEntry> ofBroadcasts =
        audienceAttributes(registration)
            .map(
                audienceAttributes ->
                    broadcasts.waiting(registration, audienceAttributes, after, now, limit))
            .orElse(List.of());
    List<MailboxEntry> waiting =
        merged(own, ofBroadcasts, mailboxEntry -> mailboxEntry.task().id(), limit);
    List<Transition> claims =
        deliveries.apply(
            waiting.stream()
                .map(mailboxEntry -> new Change(mailboxEntry.delivery().id(), new Claimed(now)))
                .toList());
    var deliveryAttempts = new ArrayList<DeliveryAttempt>();
    for (int i = 0; i < claims.size(); i++) {
      if (claims.get(i) instanceof Moved(var from, Sending to)) {
        MailboxEntry mailboxEntry = waiting.get(i);
        deliveryAttempts.add(
            DeliveryAttempt.of(
                mailboxEntry.delivery(),
                mailboxEntry.task(),
                mailboxEntry.content(),
                to.attempt(),
                from instanceof Queued));
      }
    }
    TaskId last = waiting.isEmpty() ? after : waiting.getLast().task().id();
    return new MailboxPage(deliveryAttempts, last, waiting.size() == limit);
  }

  /// Ends what the device was given of broadcasts that later ones have overridden while it was
  /// away.
  private void supersede(RegistrationId registration, Instant now) {
    audienceAttributes(registration)
        .map(attributes -> broadcasts.superseded(registration, attributes, now))
        .ifPresent(deliveries::apply);
  }

  private Optional<AudienceAttributes> audienceAttributes(RegistrationId registration) {
    return connections
        .audienceAttributes(registration)
        .or(() -> registrations.find(registration).map(Registration::audienceAttributes));
  }

  /// Returns the first `limit` of two lists that are in order and hold at most that many each.
  private static <T> List<T> merged(
      List<T> some, List<T> others, Function<T, TaskId> order, int limit) {
    return others.isEmpty()
        ? some
        : Stream.concat(some.stream(), others.stream())
            .sorted(Comparator.comparing(order))
            .limit(limit)
            .toList();
  }

  /// Stores that the device acknowledged a delivery. Does not block.
  public void acknowledged(DeliveryId delivery) {
    deliveries.enqueue(new Change(delivery, new Arrived(clock.instant())));
  }

  /// Stores that the session dropped a delivery without ever writing a byte of it. Does not block.
  public void notSent(DeliveryId delivery, int attempt) {
    deliveries.enqueue(new Change(delivery, new NotSent(clock.instant(), attempt)));
  }

  /// Stores a device's receipts durably; those for deliveries of others are ignored. Returns how
  /// many were its own. Blocks.
  public int receipts(RegistrationId registration, List<Receipt> receipts) {
    Instant now = clock.instant();
    List<Change> own =
        receipts.stream()
            .filter(receipt -> receipt.delivery().registration().equals(registration))
            .map(receipt -> new Change(receipt.delivery(), event(receipt, now)))
            .toList();
    deliveries.apply(own);
    return own.size();
  }

  /// Returns whether so many acknowledgements wait for the store that sessions should stop reading
  /// for a while.
  public boolean isBackpressured() {
    return deliveries.isBackpressured();
  }

  public Fence fence() {
    return fence;
  }

  /// Stores when devices were last connected.
  public void flushLastSeen() {
    lastSeen.flush(registrations);
  }

  private static DeliveryEvent event(Receipt receipt, Instant now) {
    return switch (receipt.event()) {
      case SHOWN -> new ShownReported(now);
      case OPENED -> new OpenReported(now);
      case DISMISSED -> new DismissReported(now);
      case WITHDRAWN -> new WithdrawConfirmed(now);
      case TOO_LATE -> new WithdrawFailed(now);
      case REPLACED -> new ReplacedOnDevice(now, receipt.by());
    };
  }
}
