// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.device;

import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Receives what arrives on the device. This is the one interface that an app implements.
 *
 * <p>All calls come one at a time, in order, on the client's own thread. None may block for long,
 * because everything else waits meanwhile; an app that draws on another thread posts to it. Every
 * {@link PushClient} method may be called from here.
 *
 * <p><b>Once.</b> No notification is shown twice, over reconnects, restarts and crashes. One gap
 * cannot be closed from this side: if the process dies after {@link #show} displayed the
 * notification and before the client could store that (one write to the storage), the next start
 * does not know. It then asks {@link #isShowing}; only if the app cannot tell is the notification
 * shown again, because the other choice, never showing it, would lose a message.
 */
public interface NotificationHandler {

  /**
   * Displays a notification. If this throws, the notification counts as not shown, and is shown
   * again on the next start.
   */
  void show(PushNotification notification);

  /**
   * Displays {@code notification} in place of the unopened {@code oldDeliveryId}, which has the
   * same collapse key. Do it in one step if you can, so that the user sees no gap.
   */
  default void replace(String oldDeliveryId, PushNotification notification) {
    withdraw(oldDeliveryId);
    show(notification);
  }

  /**
   * Removes a notification that was recalled. It is called only for notifications that were shown
   * and that the app reported neither opened nor dismissed. The result goes into the recall report;
   * if in doubt, return {@link WithdrawResult#TOO_LATE}.
   */
  WithdrawResult withdraw(String deliveryId);

  /**
   * Handles a message for the app itself. It is called once for each message; only after a crash
   * while this method runs is it called again, on the next start.
   */
  default void onData(DataMessage message) {}

  /**
   * Returns whether this notification is displayed. It is called on a start after a crash, for a
   * notification that may or may not have been displayed before. An app that can ask its system
   * (Android: {@code getActiveNotifications}) should.
   */
  default boolean isShowing(String deliveryId) {
    return false;
  }

  /** Learns that the state of the connection changed. */
  default void onConnectionState(ConnectionState state) {}

  /**
   * Learns of an error that the app's developer should know of. Logs a warning unless overridden.
   */
  default void onError(String what, Throwable cause) {
    Logger.getLogger("dev.boomerang.device").log(Level.WARNING, what, cause);
  }
}
