// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.device;

/**
 * Passes calls to the app's handler, and catches what it throws from the calls that only inform it.
 * The callers handle what it throws from the others.
 */
final class GuardedNotificationHandler implements NotificationHandler {
  private final NotificationHandler handler;

  GuardedNotificationHandler(NotificationHandler handler) {
    this.handler = handler;
  }

  @Override
  public void show(PushNotification notification) {
    handler.show(notification);
  }

  @Override
  public void replace(String oldDeliveryId, PushNotification notification) {
    handler.replace(oldDeliveryId, notification);
  }

  @Override
  public WithdrawResult withdraw(String deliveryId) {
    return handler.withdraw(deliveryId);
  }

  @Override
  public void onData(DataMessage message) {
    handler.onData(message);
  }

  @Override
  public boolean isShowing(String deliveryId) {
    return handler.isShowing(deliveryId);
  }

  @Override
  public void onConnectionState(ConnectionState state) {
    try {
      handler.onConnectionState(state);
    } catch (RuntimeException e) {
      onError("the app failed to handle " + state, e);
    }
  }

  @Override
  public void onError(String what, Throwable cause) {
    try {
      handler.onError(what, cause);
    } catch (RuntimeException e) {
      // There is no one else to report it to.
    }
  }
}
