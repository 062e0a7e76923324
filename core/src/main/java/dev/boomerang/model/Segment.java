// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.model;

import java.util.List;

/// A rule that picks registrations by what is known of them.
public sealed interface Segment {

  record Tagged(String tag) implements Segment {}

  record Aliased(String alias) implements Segment {}

  record OfUser(String user) implements Segment {}

  record Registered(RegistrationId id) implements Segment {}

  record On(Platform platform) implements Segment {}

  record In(String region) implements Segment {}

  /// A device attribute of this value.
  record Having(String attribute, String value) implements Segment {}

  /// Those to whom the app pushes nothing.
  record Blocked() implements Segment {}

  /// In all of them; everyone if there are none.
  record All(List<Segment> parts) implements Segment {
    public All {
      parts = List.copyOf(parts);
    }
  }

  /// In one of them at least; nobody if there are none.
  record Any(List<Segment> parts) implements Segment {
    public Any {
      parts = List.copyOf(parts);
    }
  }

  record Not(Segment part) implements Segment {}

  /// Those of it who may be pushed to.
  default Segment reachable() {
    return new All(List.of(this, new Not(new Blocked())));
  }

  /// Whether it picks this registration. What a store's index answers is the same.
  default boolean covers(Registration registration) {
    Profile profile = registration.profile();
    return switch (this) {
      case Tagged(String tag) -> profile.tags().contains(tag);
      case Aliased(String alias) -> profile.alias().filter(alias::equals).isPresent();
      case OfUser(String user) -> profile.userId().filter(user::equals).isPresent();
      case Registered(RegistrationId id) -> registration.id().equals(id);
      case On(Platform platform) -> registration.device().platform() == platform;
      case In(String region) -> profile.region().filter(region::equals).isPresent();
      case Having(String attribute, String value) ->
          value.equals(registration.device().attributes().get(attribute));
      case Blocked() -> registration.reach().blocked();
      case All(var parts) -> parts.stream().allMatch(part -> part.covers(registration));
      case Any(var parts) -> parts.stream().anyMatch(part -> part.covers(registration));
      case Not(Segment part) -> !part.covers(registration);
    };
  }
}
