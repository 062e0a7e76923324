// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.device;

import dev.boomerang.device.internal.delivery.DeliveryLog;
import dev.boomerang.device.internal.journal.Journal;
import dev.boomerang.device.internal.journal.StorageFailedException;
import dev.boomerang.device.internal.loop.EventLoop;
import dev.boomerang.device.internal.registration.DeviceIdentity;
import dev.boomerang.device.storage.DeviceStorage;
import java.io.IOException;
import java.util.List;

/** Holds all that a client remembers. */
final class ClientState {
  final DeviceIdentity identity = new DeviceIdentity();
  final DeliveryLog deliveryLog;
  final Journal journal;

  ClientState(DeviceStorage storage, EventLoop loop) {
    this.deliveryLog = new DeliveryLog(loop);
    this.journal = new Journal(storage, List.of(identity, deliveryLog));
  }

  /** Forgets everything, in the storage too. */
  void wipe() {
    identity.clear();
    deliveryLog.clear();
    try {
      journal.compact();
    } catch (IOException e) {
      throw new StorageFailedException(e);
    }
  }
}
