// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.vivo.user;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.model.registration.Registration;
import java.util.List;
import java.util.Optional;

/// A user that a call names, and the registrations with that name. `invalidReason` says why no
/// message would reach any of them.
public record User(
    String name, List<Registration> registrations, Optional<InvalidReason> invalidReason) {

  /// The reasons why a user cannot be reached, each with vivo's number for it.
  ///
  /// Source: vivo "PUSH-UPS-API", invalidUser.status.
  public enum InvalidReason {
    UNKNOWN(1, "unknown"),
    /// The device has notifications switched off, or the app blocked it.
    OFF(2, "off"),
    /// The registration was deleted.
    UNINSTALLED(2, "uninstalled"),
    INACTIVE(3, "inactive"),
    NOT_A_TEST_DEVICE(4, "notForTests");

    private final int status;
    private final String cause;

    InvalidReason(int status, String cause) {
      this.status = status;
      this.cause = cause;
    }

    /// Returns the name under which a task counts the users that it skipped for this reason.
    public String cause() {
      return cause;
    }

    /// Writes the reason with the user's name, as responses have it.
    public void write(String user, ObjectNode json) {
      json.put("status", status).put("userid", user);
    }
  }

  public User {
    registrations = List.copyOf(registrations);
  }

  public boolean isReachable() {
    return invalidReason.isEmpty();
  }

  /// Writes those of `users` that cannot be reached, each with its reason.
  public static void writeInvalid(List<User> users, ArrayNode json) {
    users.forEach(
        user -> user.invalidReason().ifPresent(why -> why.write(user.name(), json.addObject())));
  }
}
