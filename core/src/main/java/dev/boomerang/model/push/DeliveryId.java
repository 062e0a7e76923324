// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.model.push;

import dev.boomerang.model.registration.RegistrationId;
import java.util.Optional;

/// Names one [dev.boomerang.lifecycle.Delivery]: a task reaches a registration at most once, so the
/// two together are the name.
public record DeliveryId(TaskId task, RegistrationId registration) {

  /// The text a device sees and sends back; opaque to it.
  public String wire() {
    return task.value() + "-" + registration.value();
  }

  public static Optional<DeliveryId> parse(String wire) {
    int dash = wire.indexOf('-');
    if (dash < 0) {
      return Optional.empty();
    }
    return TaskId.parse(wire.substring(0, dash))
        .flatMap(
            task ->
                RegistrationId.parse(wire.substring(dash + 1))
                    .map(registration -> new DeliveryId(task, registration)));
  }

  @Override
  public String toString() {
    return wire();
  }
}
