// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.device;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;

/// Records what it is asked to do, and which notifications are displayed. Throws for those in
/// `failing`.
final class FakeNotificationHandler implements NotificationHandler {
  final List<String> log = new CopyOnWriteArrayList<>();
  final List<ConnectionState> states = new CopyOnWriteArrayList<>();
  final List<String> errors = new CopyOnWriteArrayList<>();
  final List<Throwable> causes = new CopyOnWriteArrayList<>();
  final Set<String> visible = new TreeSet<>();
  final Set<String> failing = new TreeSet<>();
  final Set<String> tooLate = new TreeSet<>();
  boolean remembers = true;

  @Override
  public void show(PushNotification notification) {
    check(notification.deliveryId());
    log.add("show " + notification.deliveryId());
    visible.add(notification.deliveryId());
  }

  @Override
  public void replace(String oldDeliveryId, PushNotification notification) {
    check(notification.deliveryId());
    log.add("replace " + oldDeliveryId + " by " + notification.deliveryId());
    visible.remove(oldDeliveryId);
    visible.add(notification.deliveryId());
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
    errors.add(what);
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
    if (failing.contains(deliveryId)) {
      throw new IllegalStateException("the app failed");
    }
  }
}
