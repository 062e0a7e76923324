// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.kit.contract;

import dev.boomerang.kit.fixture.PushBuilder;
import dev.boomerang.lifecycle.DeliveryEvent;
import dev.boomerang.lifecycle.Transition;
import dev.boomerang.model.push.DeliveryId;
import dev.boomerang.port.DeliveryStore.Change;
import dev.boomerang.port.Store;
import dev.boomerang.port.TaskStore.AcceptResult;
import dev.boomerang.port.TaskStore.Acceptance;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/// Gives the contracts of stores what they share; an implementation runs each in a nested class of
/// its test. A store that cannot be reached fails the tests, it does not skip them.
public abstract class StoreContract {
  private final List<Store> opened = new ArrayList<>();

  /// Opens a new, empty store for one test, which is closed after it.
  protected abstract Store open() throws Exception;

  @BeforeEach
  final void begin() throws Exception {
    opened.add(open());
  }

  @AfterEach
  final void end() {
    opened.forEach(Store::close);
  }

  public final Store store() {
    return opened.getLast();
  }

  /// Goes on with another store, closed after the test too.
  public final void goOnWith(Store store) {
    opened.add(store);
  }

  public final Acceptance accept(PushBuilder push) {
    Acceptance acceptance = push.build();
    Assertions.assertThat(store().tasks().accept(acceptance)).isEqualTo(AcceptResult.Stored.ALONE);
    return acceptance;
  }

  public final Transition record(DeliveryId id, DeliveryEvent event) {
    return store().deliveries().apply(List.of(new Change(id, event))).getFirst();
  }

  /// Returns the only delivery of a push to one registration.
  public static DeliveryId only(Acceptance acceptance) {
    Assertions.assertThat(acceptance.deliveries()).hasSize(1);
    return acceptance.deliveries().getFirst().id();
  }
}
