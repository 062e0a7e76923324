// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.kit;

import dev.boomerang.lifecycle.DeliveryEvent;
import dev.boomerang.lifecycle.Transition;
import dev.boomerang.model.DeliveryId;
import dev.boomerang.port.DeliveryStore.Change;
import dev.boomerang.port.Store;
import dev.boomerang.port.TaskStore.Acceptance;
import dev.boomerang.port.TaskStore.Result;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/// What every store promises, in parts; an implementation runs each in a nested class of its test.
/// A store that cannot be reached fails the tests, it does not skip them.
public abstract class StoreContract {
  private final List<Store> opened = new ArrayList<>();

  /// A new, empty store for one test; closed after it.
  protected abstract Store open() throws Exception;

  @BeforeEach
  final void begin() throws Exception {
    opened.add(open());
  }

  @AfterEach
  final void end() {
    opened.forEach(Store::close);
  }

  final Store store() {
    return opened.getLast();
  }

  /// Goes on with another store, closed after the test too.
  final void goOnWith(Store store) {
    opened.add(store);
  }

  final Acceptance accept(PushBuilder push) {
    Acceptance acceptance = push.build();
    Assertions.assertThat(store().tasks().accept(acceptance)).isEqualTo(Result.Stored.ALONE);
    return acceptance;
  }

  final Transition record(DeliveryId id, DeliveryEvent event) {
    return store().deliveries().record(List.of(new Change(id, event))).getFirst();
  }

  /// The only delivery of a push to one registration.
  static DeliveryId only(Acceptance acceptance) {
    Assertions.assertThat(acceptance.deliveries()).hasSize(1);
    return acceptance.deliveries().getFirst().id();
  }
}
