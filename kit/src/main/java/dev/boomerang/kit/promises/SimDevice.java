// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.kit.promises;

import dev.boomerang.engine.Devices;
import dev.boomerang.model.DeliveryId;
import dev.boomerang.model.Receipt;
import dev.boomerang.model.Registration;
import dev.boomerang.model.RegistrationId;
import dev.boomerang.model.Slot;
import dev.boomerang.model.TaskId;
import dev.boomerang.port.Attachment;
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

/// A device with its session, as the device protocol asks of both, driven by hand: what is queued,
/// what is on the wire and what the person sees are three places, and a step moves one thing from
/// one to the next.
final class SimDevice implements Attachment {
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
    record Notify(DeliveryId id, Slot slot) implements Packet {}

    record Withdraw(List<DeliveryId> ids) implements Packet {}
  }

  final RegistrationId id;
  private final Registration registration;
  private final Watch watch;
  private final Deque<Handover> queue = new ArrayDeque<>();
  private final Deque<Packet> wire = new ArrayDeque<>();
  private final Map<DeliveryId, Sight> sights = new LinkedHashMap<>();
  private final Map<DeliveryId, Slot> slots = new HashMap<>();
  private final List<Receipt> unsent = new ArrayList<>();
  private Optional<Devices> server = Optional.empty();

  /// What this session was handed, so that a second reading does not hand it over twice.
  private final Set<DeliveryId> taken = new HashSet<>();

  private boolean reading;
  private boolean missed;
  private TaskId cursor = TaskId.NONE;

  SimDevice(Registration registration, Watch watch) {
    this.id = registration.id();
    this.registration = registration;
    this.watch = watch;
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
    devices.attach(registration, this);
    List<DeliveryId> back = devices.withdrawals(id, TaskId.NONE, 1_000);
    if (!back.isEmpty()) {
      wire.add(new Packet.Withdraw(back));
    }
    missed = true;
    readMail();
  }

  /// The connection breaks: of what is on the wire the device still gets the first `arriving`, but
  /// its word is lost.
  void disconnect(int arriving) {
    if (!connected()) {
      return;
    }
    Devices devices = server.orElseThrow();
    devices.detach(id, this);
    queue.stream()
        .filter(Handover::fresh)
        .forEach(h -> devices.unwritten(h.delivery(), h.attempt()));
    lost(arriving);
  }

  /// The server dies: nobody is told anything.
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

  /// The session writes the next parcel, if it may.
  void write() {
    if (server.isEmpty()) {
      return;
    }
    Devices devices = server.get();
    Handover next = queue.poll();
    if (next != null) {
      boolean written =
          watch.now().isBefore(next.task().expiresAt())
              && devices
                  .fence()
                  .pass(
                      next.delivery(),
                      () -> {
                        watch.wrote(next.delivery());
                        Slot own = Slot.of(next.task().id());
                        wire.add(new Packet.Notify(next.delivery(), next.slot().orElse(own)));
                      });
      if (!written && next.fresh()) {
        devices.unwritten(next.delivery(), next.attempt());
      }
    }
    readMail();
  }

  /// The device takes the next packet and acknowledges it.
  void receive() {
    if (server.isEmpty() || wire.isEmpty()) {
      return;
    }
    Packet packet = wire.remove();
    take(packet);
    if (packet instanceof Packet.Notify(DeliveryId delivery, var _)) {
      server.get().arrived(delivery);
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
      case Packet.Notify(DeliveryId delivery, Slot slot) -> {
        if (!sights.containsKey(delivery)) {
          watch.shows(delivery);
          replace(slot, delivery.task());
          slots.put(delivery, slot);
          see(delivery, Sight.SHOWN, Receipt.Event.SHOWN);
        }
      }
      case Packet.Withdraw(List<DeliveryId> ids) -> ids.forEach(this::takeOff);
    }
  }

  /// At most one is on the screen in each slot.
  private void replace(Slot slot, TaskId newer) {
    List<DeliveryId> older =
        sights.entrySet().stream()
            .filter(entry -> entry.getValue() == Sight.SHOWN)
            .map(Map.Entry::getKey)
            .filter(shown -> slot.equals(slots.get(shown)))
            .toList();
    for (DeliveryId gone : older) {
      sights.put(gone, Sight.REPLACED);
      unsent.add(new Receipt(gone, Receipt.Event.REPLACED, watch.now(), newer));
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
    unsent.add(new Receipt(delivery, event, watch.now()));
  }

  /// Reads the mailbox to its end, from its beginning whenever something was turned away meanwhile.
  private void readMail() {
    while (server.isPresent() && (reading || missed) && queue.isEmpty()) {
      if (!reading) {
        reading = true;
        missed = false;
        cursor = TaskId.NONE;
      }
      Devices.Mail mail = server.get().mailbox(id, cursor, PAGE);
      mail.handovers().stream().filter(h -> taken.add(h.delivery())).forEach(queue::add);
      cursor = mail.last();
      reading = mail.more();
    }
  }

  @Override
  public boolean offer(Handover handover) {
    if (reading || missed || queue.size() >= QUEUE) {
      missed = true;
      return false;
    }
    taken.add(handover.delivery());
    queue.add(handover);
    return true;
  }

  @Override
  public void nudge() {
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
  public void drop(List<DeliveryId> deliveries) {
    deliveries.forEach(this::drop);
  }

  /// True if it was in the queue and certainly never left.
  private boolean drop(DeliveryId delivery) {
    Optional<Handover> unwritten =
        queue.stream().filter(h -> h.delivery().equals(delivery)).findFirst();
    unwritten.ifPresent(queue::remove);
    boolean fresh = unwritten.filter(Handover::fresh).isPresent();
    if (fresh) {
      server.orElseThrow().unwritten(delivery, unwritten.get().attempt());
    }
    return fresh;
  }

  @Override
  public void end(End why) {
    throw new AssertionError("one device has one session here, yet it was ended: " + why);
  }
}
