// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.device;

import java.io.IOException;
import java.util.List;

/** All that a client remembers. */
final class State {
  final Identity identity = new Identity();
  final Ledger ledger;
  final Journal journal;

  State(DeviceStorage storage, Loop loop) {
    this.ledger = new Ledger(loop);
    this.journal = new Journal(storage, List.of(identity, ledger));
  }

  /** Forgets everything, the storage too. */
  void wipe() {
    identity.clear();
    ledger.clear();
    try {
      journal.compact();
    } catch (IOException e) {
      throw new StorageFailure(e);
    }
  }
}
