// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.kit.promises;

import dev.boomerang.engine.deliver.Devices;
import dev.boomerang.model.push.CollapseKey;
import dev.boomerang.model.push.DeliveryId;
import dev.boomerang.model.push.Receipt;
import dev.boomerang.model.push.TaskId;
import dev.boomerang.model.registration.Registration;
import dev.boomerang.model.registration.RegistrationId;
import dev.boomerang.port.DeviceConnection;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Simulates a device with its session, as the device protocol asks of both, driven by hand: what
/// is queued, what is on the wire and what the person sees are three places, and a step moves one
/// thing from one to the next.
final class SimulatedDevice implements DeviceConnection {
  /// Small, so that full queues and paged mailboxes are ordinary.
  private static final int QUEUE = 2;

  private static final int PAGE = 2;

  enum Sight {
    SHOWN,
    OPENED,
    DISMISSED,
    REPLACED,
    WITHDRAWN
  }

  private sealed interface Packet {
    record Notify(DeliveryId id, CollapseKey collapseKey) implements Packet {}

    record Withdraw(List<DeliveryId> ids) implements Packet {}
  }

  final RegistrationId id;
  private final Registration registration;
  private final PromiseChecker observer;
  private final Deque<DeliveryAttempt> queue = new ArrayDeque<>();
  private final Deque<Packet> wire = new ArrayDeque<>();
  private final Map<DeliveryId, Sight> sights = new LinkedHashMap<>();
  private final Map<DeliveryId, CollapseKey> collapseKeys = new HashMap<>();
  private final List<Receipt> unsent = new ArrayList<>();
  private Optional<Devices> server = Optional.empty();

  /// Holds the deliveries that this session was given, so that a second reading does not give them
  /// again.
  private final Set<DeliveryId> taken = new HashSet<>();

  private boolean reading;
  private boolean missed;
  private TaskId cursor = TaskId.NONE;

  SimulatedDevice(Registration registration, PromiseChecker observer) {
    this.id = registration.id();
    this.registration = registration;
    this.observer = observer;
  }

  boolean connected() {
    return server.isPresent();
  }

  Map<DeliveryId, Sight> sights() {
    return sights;
  }

  void connect(Devices devices) {
    if (connected()) {
      return;
    }
    server = Optional.of(devices);
    devices.connected(registration, this);
    List<DeliveryId> back = devices.withdrawals(id, TaskId.NONE, 1_000);
    if (!back.isEmpty()) {
      wire.add(new Packet.Withdraw(back));
    }
    missed = true;
    readMail();
  }

  /// Breaks the connection: of what is on the wire the device still gets the first `arriving`, but
  /// its receipt is lost.
  void disconnect(int arriving) {
    if (!connected()) {
      return;
    }
    Devices devices = server.orElseThrow();
    devices.disconnected(id, this);
    queue.stream()
        .filter(DeliveryAttempt::firstAttempt)
        .forEach(h -> devices.notSent(h.delivery(), h.attempt()));
    lost(arriving);
  }

  /// Ends the session as when the server dies: nothing announces it.
  void lost(int arriving) {
    for (int i = 0; i < arriving && !wire.isEmpty(); i++) {
      take(wire.remove());
    }
    queue.clear();
    wire.clear();
    taken.clear();
    reading = false;
    missed = false;
    server = Optional.empty();
  }

  /// Writes the next delivery to the wire, if the fence allows it.
  void write() {
    if (server.isEmpty()) {
      return;
    }
    Devices devices = server.get();
    DeliveryAttempt next = queue.poll();
    if (next != null) {
      boolean written =
          observer.now().isBefore(next.task().expiresAt())
              && devices
                  .fence()
                  .pass(
                      next.delivery(),
                      () -> {
                        observer.wrote(next.delivery());
                        CollapseKey own = CollapseKey.of(next.task().id());
                        wire.add(
                            new Packet.Notify(next.delivery(), next.collapseKey().orElse(own)));
                      });
      if (!written && next.firstAttempt()) {
        devices.notSent(next.delivery(), next.attempt());
      }
    }
    readMail();
  }

  /// Gives back the next delivery if it never left, as a channel does that cannot take it now. A
  /// broadcast's delivery is never deferred.
  Optional<DeliveryId> defer() {
    Optional<DeliveryId> next =
        Optional.ofNullable(queue.peek())
            .filter(attempt -> attempt.firstAttempt() && !attempt.task().isBroadcast())
            .map(DeliveryAttempt::delivery);
    next.ifPresent(
        delivery -> {
          queue.remove();
          taken.remove(delivery);
        });
    return next;
  }

  /// Reads the next packet on the device and acknowledges it.
  void receive() {
    if (server.isEmpty() || wire.isEmpty()) {
      return;
    }
    Packet packet = wire.remove();
    take(packet);
    if (packet instanceof Packet.Notify(DeliveryId delivery, var _)) {
      server.get().acknowledged(delivery);
    }
  }

  void open(int pick) {
    shown(pick).ifPresent(delivery -> see(delivery, Sight.OPENED, Receipt.Event.OPENED));
  }

  void dismiss(int pick) {
    shown(pick).ifPresent(delivery -> see(delivery, Sight.DISMISSED, Receipt.Event.DISMISSED));
  }

  void sendReceipts() {
    server.ifPresent(
        devices -> {
          devices.receipts(id, List.copyOf(unsent));
          unsent.clear();
        });
  }

  boolean idle() {
    return queue.isEmpty() && wire.isEmpty() && unsent.isEmpty() && !reading && !missed;
  }

  private Optional<DeliveryId> shown(int pick) {
    List<DeliveryId> onScreen =
        sights.entrySet().stream()
            .filter(entry -> entry.getValue() == Sight.SHOWN)
            .map(Map.Entry::getKey)
            .toList();
    return onScreen.isEmpty()
        ? Optional.empty()
        : Optional.of(onScreen.get(Math.floorMod(pick, onScreen.size())));
  }

  private void take(Packet packet) {
    switch (packet) {
      case Packet.Notify(DeliveryId delivery, CollapseKey collapseKey) -> {
        if (!sights.containsKey(delivery)) {
          observer.shows(delivery);
          replace(collapseKey, delivery.task());
          collapseKeys.put(delivery, collapseKey);
          see(delivery, Sight.SHOWN, Receipt.Event.SHOWN);
        }
      }
      case Packet.Withdraw(List<DeliveryId> ids) -> ids.forEach(this::takeOff);
    }
  }

  /// Takes what has the same collapse key off the screen: at most one notification has it.
  private void replace(CollapseKey collapseKey, TaskId newer) {
    List<DeliveryId> older =
        sights.entrySet().stream()
            .filter(entry -> entry.getValue() == Sight.SHOWN)
            .map(Map.Entry::getKey)
            .filter(shown -> collapseKey.equals(collapseKeys.get(shown)))
            .toList();
    for (DeliveryId gone : older) {
      sights.put(gone, Sight.REPLACED);
      unsent.add(new Receipt(gone, Receipt.Event.REPLACED, observer.now(), newer));
    }
  }

  private void takeOff(DeliveryId delivery) {
    switch (sights.getOrDefault(delivery, Sight.WITHDRAWN)) {
      case REPLACED -> receipt(delivery, Receipt.Event.WITHDRAWN);
      case SHOWN, WITHDRAWN -> see(delivery, Sight.WITHDRAWN, Receipt.Event.WITHDRAWN);
      case OPENED, DISMISSED -> receipt(delivery, Receipt.Event.TOO_LATE);
    }
  }

  private void see(DeliveryId delivery, Sight sight, Receipt.Event event) {
    sights.put(delivery, sight);
    receipt(delivery, event);
  }

  private void receipt(DeliveryId delivery, Receipt.Event event) {
    unsent.add(new Receipt(delivery, event, observer.now()));
  }

  /// Reads the mailbox to its end, from its beginning whenever something was turned away meanwhile.
  private void readMail() {
    while (server.isPresent() && (reading || missed) && queue.isEmpty()) {
      if (!reading) {
        reading = true;
        missed = false;
        cursor = TaskId.NONE;
      }
      Devices.MailboxPage mailboxPage = server.get().mailbox(id, cursor, PAGE);
      mailboxPage.attempts().stream().filter(h -> taken.add(h.delivery())).forEach(queue::add);
      cursor = mailboxPage.last();
      reading = mailboxPage.more();
    }
  }

  @Override
  public boolean offer(DeliveryAttempt deliveryAttempt) {
    if (reading || missed || queue.size() >= QUEUE) {
      missed = true;
      return false;
    }
    taken.add(deliveryAttempt.delivery());
    queue.add(deliveryAttempt);
    return true;
  }

  @Override
  public void mailboxChanged() {
    missed = true;
  }

  @Override
  public void withdraw(List<DeliveryId> deliveries) {
    for (DeliveryId delivery : deliveries) {
      if (!drop(delivery)) {
        wire.add(new Packet.Withdraw(List.of(delivery)));
      }
    }
  }

  @Override
  public void cancel(List<DeliveryId> deliveries) {
    deliveries.forEach(this::drop);
  }

  /// True if it was in the queue and certainly never left.
  private boolean drop(DeliveryId delivery) {
    Optional<DeliveryAttempt> unwritten =
        queue.stream().filter(h -> h.delivery().equals(delivery)).findFirst();
    unwritten.ifPresent(queue::remove);
    boolean fresh = unwritten.filter(DeliveryAttempt::firstAttempt).isPresent();
    if (fresh) {
      server.orElseThrow().notSent(delivery, unwritten.get().attempt());
    }
    return fresh;
  }

  @Override
  public void close(CloseReason why) {
    throw new AssertionError("one device has one session here, yet it was ended: " + why);
  }
}
