// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.device;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;

/// Writes down what it is asked to do, and knows what is on it.
final class FakeScreen implements Screen {
  final List<String> log = new CopyOnWriteArrayList<>();
  final List<ConnectionState> states = new CopyOnWriteArrayList<>();
  final List<String> troubles = new CopyOnWriteArrayList<>();
  final List<Throwable> causes = new CopyOnWriteArrayList<>();
  final Set<String> visible = new TreeSet<>();
  final Set<String> broken = new TreeSet<>();
  final Set<String> tooLate = new TreeSet<>();
  boolean remembers = true;

  @Override
  public void show(Notice notice) {
    check(notice.deliveryId());
    log.add("show " + notice.deliveryId());
    visible.add(notice.deliveryId());
  }

  @Override
  public void replace(String oldDeliveryId, Notice notice) {
    check(notice.deliveryId());
    log.add("replace " + oldDeliveryId + " by " + notice.deliveryId());
    visible.remove(oldDeliveryId);
    visible.add(notice.deliveryId());
  }

  @Override
  public Withdrawal withdraw(String deliveryId) {
    check(deliveryId);
    log.add("withdraw " + deliveryId);
    visible.remove(deliveryId);
    return tooLate.contains(deliveryId) ? Withdrawal.TOO_LATE : Withdrawal.TAKEN_OFF;
  }

  @Override
  public void data(DataMessage message) {
    check(message.deliveryId());
    log.add("data " + message.deliveryId());
  }

  @Override
  public boolean stillShows(String deliveryId) {
    return remembers && visible.contains(deliveryId);
  }

  @Override
  public void connection(ConnectionState state) {
    states.add(state);
  }

  @Override
  public void trouble(String what, Throwable cause) {
    troubles.add(what);
    causes.add(cause);
  }

  ConnectionState state() {
    return states.isEmpty()
        ? new ConnectionState(ConnectionState.Phase.CONNECTING, "", Duration.ZERO)
        : states.getLast();
  }

  List<ConnectionState.Phase> phases() {
    return new ArrayList<>(states.stream().map(ConnectionState::phase).toList());
  }

  private void check(String deliveryId) {
    if (broken.contains(deliveryId)) {
      throw new IllegalStateException("broken glass");
    }
  }
}
