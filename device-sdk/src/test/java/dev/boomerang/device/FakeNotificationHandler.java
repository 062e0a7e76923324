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
final class FakeNotificationHandler implements NotificationHandler {
  final List<String> log = new CopyOnWriteArrayList<>();
  final List<ConnectionState> states = new CopyOnWriteArrayList<>();
  final List<String> troubles = new CopyOnWriteArrayList<>();
  final List<Throwable> causes = new CopyOnWriteArrayList<>();
  final Set<String> visible = new TreeSet<>();
  final Set<String> broken = new TreeSet<>();
  final Set<String> tooLate = new TreeSet<>();
  boolean remembers = true;

  @Override
  public void show(PushNotification notice) {
    check(notice.deliveryId());
    log.add("show " + notice.deliveryId());
    visible.add(notice.deliveryId());
  }

  @Override
  public void replace(String oldDeliveryId, PushNotification notice) {
    check(notice.deliveryId());
    log.add("replace " + oldDeliveryId + " by " + notice.deliveryId());
    visible.remove(oldDeliveryId);
    visible.add(notice.deliveryId());
  }

  @Override
  public WithdrawResult withdraw(String deliveryId) {
    check(deliveryId);
    log.add("withdraw " + deliveryId);
    visible.remove(deliveryId);
    return tooLate.contains(deliveryId) ? WithdrawResult.TOO_LATE : WithdrawResult.REMOVED;
  }

  @Override
  public void onData(DataMessage message) {
    check(message.deliveryId());
    log.add("data " + message.deliveryId());
  }

  @Override
  public boolean isShowing(String deliveryId) {
    return remembers && visible.contains(deliveryId);
  }

  @Override
  public void onConnectionState(ConnectionState state) {
    states.add(state);
  }

  @Override
  public void onError(String what, Throwable cause) {
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
