// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.device;

import dev.boomerang.device.internal.json.Json;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** A notification for the user. Immutable; equal to another one of the same delivery. */
public final class PushNotification {
  private final Json message;

  PushNotification(Json message) {
    this.message = message;
  }

  /**
   * Returns the id of this delivery, for {@link PushClient#notificationOpened} and {@link
   * PushClient#notificationDismissed}. Opaque.
   */
  public String deliveryId() {
    return message.text("delivery");
  }

  /** Returns the id of the push it belongs to; the same on every device that received it. */
  public String taskId() {
    return message.text("task");
  }

  /** Returns the title. */
  public String title() {
    return message.text("title");
  }

  /** Returns the body, which may be empty. */
  public String body() {
    return message.text("body");
  }

  /**
   * Returns how to draw it: {@code default}, {@code bigText}, {@code picture}; later servers may
   * know more.
   */
  public String style() {
    return message.optionalText("style").orElse("default");
  }

  /** Returns the URL of a picture to draw with it. */
  public Optional<String> image() {
    return message.optionalText("image");
  }

  /** Returns the URL of an icon in place of the app's own. */
  public Optional<String> icon() {
    return message.optionalText("icon");
  }

  /** Returns whether it comes without sound and vibration. */
  public boolean silent() {
    return message.flag("silent");
  }

  /** Returns what opening it should do; empty if the sender named nothing. */
  public Optional<ClickAction> click() {
    return message
        .object("click")
        .map(click -> new ClickAction(click.text("action"), click.text("uri")))
        .filter(click -> !click.uri().isEmpty());
  }

  /** Returns the sender's own values, for the app alone. */
  public Map<String, String> extras() {
    return message.texts("extras");
  }

  /**
   * Returns the data message inside; {@link NotificationHandler#onData} receives it after the
   * notification is displayed.
   */
  Optional<DataMessage> data() {
    return message.object("data").map(data -> new DataMessage(message.with(data)));
  }

  /**
   * Returns the collapse key: at most one notification per key is displayed, and a newer one takes
   * the place of the unopened one. Empty if the sender set none; then the task's id is its key.
   */
  public Optional<String> collapseKey() {
    return message.optionalText("slot");
  }

  /** Returns the time from which it must not be shown any more. */
  public Optional<Instant> expiresAt() {
    return message.time("expiresAt");
  }

  /** Returns when the server sent it. */
  public Optional<Instant> sentAt() {
    return message.time("sentAt");
  }

  /** Returns the whole message as the server sent it, for members this class does not know. */
  public String json() {
    return message.write();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PushNotification
        && ((PushNotification) other).deliveryId().equals(deliveryId());
  }

  @Override
  public int hashCode() {
    return deliveryId().hashCode();
  }

  /** Returns the delivery id without the content, which has no place in a log. */
  @Override
  public String toString() {
    return "PushNotification " + deliveryId();
  }
}
