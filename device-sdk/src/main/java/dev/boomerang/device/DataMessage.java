// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.device;

import dev.boomerang.device.internal.json.Json;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A message for the app itself, which the user does not see. Immutable; equal to another one of the
 * same delivery.
 */
public final class DataMessage {
  private final Json message;

  DataMessage(Json message) {
    this.message = message;
  }

  /** Returns the id of this delivery. Opaque. */
  public String deliveryId() {
    return message.text("delivery");
  }

  /** Returns the id of the push it belongs to; the same on every device that received it. */
  public String taskId() {
    return message.text("task");
  }

  /** Returns the content. */
  public String body() {
    return message.text("body");
  }

  /** Returns the sender's own values. */
  public Map<String, String> extras() {
    return message.texts("extras");
  }

  /** Returns the time from which it must not be handed to the app any more. */
  public Optional<Instant> expiresAt() {
    return message.time("expiresAt");
  }

  /** Returns the whole message as the server sent it, for members this class does not know. */
  public String json() {
    return message.write();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof DataMessage && ((DataMessage) other).deliveryId().equals(deliveryId());
  }

  @Override
  public int hashCode() {
    return deliveryId().hashCode();
  }

  /** Returns the delivery id without the content, which has no place in a log. */
  @Override
  public String toString() {
    return "DataMessage " + deliveryId();
  }
}
