// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.device;

import dev.boomerang.device.internal.json.Json;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** A message for the user to see. Immutable; equal to another one of the same delivery. */
public final class PushNotification {
  private final Json message;

  PushNotification(Json message) {
    this.message = message;
  }

  /**
   * Names this notice towards {@link PushClient#opened} and {@link PushClient#dismissed}. Opaque.
   */
  public String deliveryId() {
    return message.text("delivery");
  }

  /** The push it belongs to; the same on every device that got it. */
  public String taskId() {
    return message.text("task");
  }

  public String title() {
    return message.text("title");
  }

  /** May be empty. */
  public String body() {
    return message.text("body");
  }

  /**
   * How to draw it: {@code default}, {@code bigText}, {@code picture}; later servers may know more.
   */
  public String style() {
    return message.optionalText("style").orElse("default");
  }

  /** The URL of a picture to draw with it. */
  public Optional<String> image() {
    return message.optionalText("image");
  }

  /** The URL of an icon in place of the app's own. */
  public Optional<String> icon() {
    return message.optionalText("icon");
  }

  /** Without sound or vibration. */
  public boolean silent() {
    return message.flag("silent");
  }

  public Optional<ClickAction> click() {
    return message
        .object("click")
        .map(click -> new ClickAction(click.text("action"), click.text("uri")))
        .filter(click -> !click.uri().isEmpty());
  }

  /** The sender's own values, for the app alone. */
  public Map<String, String> extras() {
    return message.texts("extras");
  }

  /** What came with it for the app; {@link Screen#data} gets it once the notice is up. */
  Optional<DataMessage> data() {
    return message.object("data").map(data -> new DataMessage(message.with(data)));
  }

  /**
   * Where it takes another's place: at most one notice per slot is on the screen. A notice that
   * names none has a slot of its own, called like its task.
   */
  public Optional<String> collapseKey() {
    return message.optionalText("slot");
  }

  /** From then on it must not be shown any more. */
  public Optional<Instant> expiresAt() {
    return message.time("expiresAt");
  }

  public Optional<Instant> sentAt() {
    return message.time("sentAt");
  }

  /** The whole message as the server sent it, for members this class does not know. */
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

  /** Without its content, which has no place in a log. */
  @Override
  public String toString() {
    return "Notice " + deliveryId();
  }
}
