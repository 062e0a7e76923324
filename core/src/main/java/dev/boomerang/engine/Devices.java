// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.engine;

import dev.boomerang.engine.Admission.Refused;
import dev.boomerang.engine.Admission.Welcome;
import dev.boomerang.lifecycle.DeliveryEvent;
import dev.boomerang.lifecycle.DeliveryEvent.Arrived;
import dev.boomerang.lifecycle.DeliveryEvent.Claimed;
import dev.boomerang.lifecycle.DeliveryEvent.Clicked;
import dev.boomerang.lifecycle.DeliveryEvent.Displayed;
import dev.boomerang.lifecycle.DeliveryEvent.RecallDone;
import dev.boomerang.lifecycle.DeliveryEvent.RecallMissed;
import dev.boomerang.lifecycle.DeliveryEvent.Replaced;
import dev.boomerang.lifecycle.DeliveryEvent.SweptAway;
import dev.boomerang.lifecycle.DeliveryEvent.Unwritten;
import dev.boomerang.lifecycle.DeliveryState.Queued;
import dev.boomerang.lifecycle.DeliveryState.Sending;
import dev.boomerang.lifecycle.Transition;
import dev.boomerang.lifecycle.Transition.Moved;
import dev.boomerang.model.AppId;
import dev.boomerang.model.DeliveryId;
import dev.boomerang.model.Member;
import dev.boomerang.model.Receipt;
import dev.boomerang.model.Registration;
import dev.boomerang.model.RegistrationId;
import dev.boomerang.model.Secret;
import dev.boomerang.model.TaskId;
import dev.boomerang.port.Attachment;
import dev.boomerang.port.Attachment.Handover;
import dev.boomerang.port.BroadcastStore;
import dev.boomerang.port.DeliveryStore;
import dev.boomerang.port.DeliveryStore.Change;
import dev.boomerang.port.DeliveryStore.Parcel;
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

/// What the gateway may ask and tell: the engine's side of a device connection.
public final class Devices {

  /// A stretch of a mailbox, claimed for one session. Reading goes on after `last` while `more`.
  public record Mail(List<Handover> handovers, TaskId last, boolean more) {
    public Mail {
      handovers = List.copyOf(handovers);
    }
  }

  private final RegistrationStore registrations;
  private final DeliveryStore store;
  private final BroadcastStore broadcasts;
  private final Deliveries deliveries;
  private final Attachments attachments;
  private final Fence fence;
  private final Crowding crowding;
  private final Clock clock;
  private final LastSeen lastSeen;

  /// `mailbox` as in [Limits].
  Devices(
      Store stores,
      Deliveries deliveries,
      Attachments attachments,
      Fence fence,
      LastSeen lastSeen,
      int mailbox,
      Clock clock) {
    this.registrations = stores.registrations();
    this.store = stores.deliveries();
    this.broadcasts = stores.broadcasts();
    this.deliveries = deliveries;
    this.attachments = attachments;
    this.fence = fence;
    this.lastSeen = lastSeen;
    this.crowding = new Crowding(store, deliveries, mailbox);
    this.clock = clock;
  }

  /// Whether a device that calls itself so, of that app, may connect. Blocks.
  public Admission admit(AppId app, RegistrationId id, Secret password) {
    return switch (admit(id, password)) {
      case Welcome welcome when welcome.registration().app().equals(app) -> welcome;
      case Welcome _, Refused _ -> new Refused();
    };
  }

  /// Whether the secret is the registration's. Blocks.
  public Admission admit(RegistrationId id, Secret password) {
    long epoch = attachments.epoch(id);
    Optional<Registration> found = registrations.find(id);
    // The comparison is made either way, so that its time does not tell whether the id exists.
    String hash = found.map(registration -> registration.reach().secretHash()).orElse("");
    boolean matches = Secrets.matches(hash, password);
    return found.isPresent() && matches ? new Welcome(found.get(), epoch) : new Refused();
  }

  /// From here on the session gets offers. The registration's session before this one is ended.
  /// False if the secret may have been replaced since it was found right, or the registration
  /// removed: then nothing is done, and the device has to be admitted again.
  public boolean attach(Welcome admitted, Attachment attachment) {
    Registration registration = admitted.registration();
    boolean attached = attachments.attach(registration, attachment, admitted.epoch());
    if (attached) {
      lastSeen.connected(registration, clock.instant());
    }
    return attached;
  }

  /// As [#attach(Welcome, Attachment)], of a registration that the caller knows to be right.
  public void attach(Registration registration, Attachment attachment) {
    while (!attach(new Welcome(registration, attachments.epoch(registration.id())), attachment)) {
      Thread.onSpinWait();
    }
  }

  public void detach(RegistrationId registration, Attachment attachment) {
    lastSeen.disconnected(registration, clock.instant());
    attachments.detach(registration, attachment);
  }

  /// What the device still has to be told to take off, oldest first. Blocks.
  public List<DeliveryId> withdrawals(RegistrationId registration, TaskId after, int limit) {
    List<DeliveryId> own = store.recalling(registration, after, limit);
    List<DeliveryId> ofAll =
        member(registration)
            .map(member -> broadcasts.recalling(registration, member.app(), after, limit))
            .orElse(List.of());
    return merged(own, ofAll, DeliveryId::task, limit);
  }

  /// What waits for the device, oldest first, claimed durably before it is returned: from then on
  /// it may be out. What an earlier session got and was never acknowledged comes again. Blocks.
  public Mail mailbox(RegistrationId registration, TaskId after, int limit) {
    Instant now = clock.instant();
    if (after.equals(TaskId.NONE)) {
      crowding.thin(registration, now);
    }
    List<Parcel> own = store.mailbox(registration, after, now, limit);
    List<Parcel> forAll =
        member(registration)
            .map(member -> broadcasts.waiting(registration, member, after, now, limit))
            .orElse(List.of());
    List<Parcel> waiting = merged(own, forAll, parcel -> parcel.task().id(), limit);
    List<Transition> claims =
        deliveries.record(
            waiting.stream()
                .map(parcel -> new Change(parcel.delivery().id(), new Claimed(now)))
                .toList());
    var handovers = new ArrayList<Handover>();
    for (int i = 0; i < claims.size(); i++) {
      if (claims.get(i) instanceof Moved(var from, Sending to)) {
        Parcel parcel = waiting.get(i);
        handovers.add(
            Handover.of(
                parcel.delivery(),
                parcel.task(),
                parcel.content(),
                to.attempt(),
                from instanceof Queued));
      }
    }
    TaskId last = waiting.isEmpty() ? after : waiting.getLast().task().id();
    return new Mail(handovers, last, waiting.size() == limit);
  }

  private Optional<Member> member(RegistrationId registration) {
    return attachments
        .member(registration)
        .or(() -> registrations.find(registration).map(Registration::member));
  }

  /// The first `limit` of two lists that are in order and hold at most that many each.
  private static <T> List<T> merged(
      List<T> some, List<T> others, Function<T, TaskId> order, int limit) {
    return others.isEmpty()
        ? some
        : Stream.concat(some.stream(), others.stream())
            .sorted(Comparator.comparing(order))
            .limit(limit)
            .toList();
  }

  /// The device acknowledged it. Does not block.
  public void arrived(DeliveryId delivery) {
    deliveries.note(new Change(delivery, new Arrived(clock.instant())));
  }

  /// The session dropped it without writing a byte of it, ever. Does not block.
  public void unwritten(DeliveryId delivery, int attempt) {
    deliveries.note(new Change(delivery, new Unwritten(clock.instant(), attempt)));
  }

  /// Stores a device's receipts durably; those for deliveries of others are ignored. Blocks.
  /// Returns how many counted.
  public int receipts(RegistrationId registration, List<Receipt> receipts) {
    Instant now = clock.instant();
    List<Change> own =
        receipts.stream()
            .filter(receipt -> receipt.delivery().registration().equals(registration))
            .map(receipt -> new Change(receipt.delivery(), event(receipt, now)))
            .toList();
    deliveries.record(own);
    return own.size();
  }

  /// Whether so many acknowledgements wait for the store that sessions should stop reading for a
  /// while.
  public boolean crowded() {
    return deliveries.crowded();
  }

  public Fence fence() {
    return fence;
  }

  /// Writes down who was here lately.
  void flushSeen() {
    lastSeen.flush(registrations);
  }

  private static DeliveryEvent event(Receipt receipt, Instant now) {
    return switch (receipt.event()) {
      case SHOWN -> new Displayed(now);
      case OPENED -> new Clicked(now);
      case DISMISSED -> new SweptAway(now);
      case WITHDRAWN -> new RecallDone(now);
      case TOO_LATE -> new RecallMissed(now);
      case REPLACED -> new Replaced(now, receipt.by());
    };
  }
}
