// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.device;

import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * What the app does with what comes. The one interface an app implements.
 *
 * <p>All calls come one at a time, in order, on the client's own thread; none may block for long,
 * because everything else waits meanwhile. An app whose drawing belongs to another thread posts to
 * it. Every {@link PushClient} method may be called from here.
 *
 * <p><b>Once.</b> No notice is shown twice, over reconnects, restarts and crashes. One gap cannot
 * be closed from this side: if the process dies after {@link #show} put the notice up and before
 * the client could write that down (one write to the storage), the next start does not know. It
 * then asks {@link #isShowing}; only if the app cannot tell is the notice shown again, because the
 * other choice, never showing it, would lose a message.
 */
public interface NotificationHandler {

  /**
   * Puts a notice up. If this throws, the notice counts as not shown and is shown again on the next
   * start.
   */
  void show(PushNotification notification);

  /**
   * Puts {@code notice} up in place of the unopened {@code oldDeliveryId}, which has the same slot.
   * Best done as one step, so that the user sees no gap.
   */
  default void replace(String oldDeliveryId, PushNotification notification) {
    withdraw(oldDeliveryId);
    show(notification);
  }

  /**
   * Takes a notice off: it was called back. Asked only for notices that were shown and that the app
   * reported neither opened nor dismissed. The answer goes into the recall report; if in doubt, say
   * {@link Withdrawal#TOO_LATE}.
   */
  WithdrawResult withdraw(String deliveryId);

  /**
   * A message for the app itself. Comes once, save that a crash while this method runs brings it
   * again on the next start.
   */
  default void onData(DataMessage message) {}

  /**
   * Whether this notice is on the screen. Asked on a start after a crash, for a notice that may or
   * may not have been put up before it. An app that can ask its system (Android: {@code
   * getActiveNotifications}) should.
   */
  default boolean isShowing(String deliveryId) {
    return false;
  }

  /** The connection came or went. */
  default void onConnectionState(ConnectionState state) {}

  /**
   * Something went wrong that the app's developer should know of. Logs a warning unless overridden.
   */
  default void onError(String what, Throwable cause) {
    Logger.getLogger("dev.boomerang.device").log(Level.WARNING, what, cause);
  }
}
