// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.model.registration;

import java.util.List;

/// A rule that picks registrations by what is known of them.
public sealed interface Segment {

  record HasTag(String tag) implements Segment {}

  record HasAlias(String alias) implements Segment {}

  record HasUser(String user) implements Segment {}

  record RegistrationIs(RegistrationId id) implements Segment {}

  record OnPlatform(Platform platform) implements Segment {}

  record InRegion(String region) implements Segment {}

  /// A device attribute of this value.
  record HasAttribute(String attribute, String value) implements Segment {}

  /// Picks the registrations that the app has blocked.
  record Blocked() implements Segment {}

  /// Picks the registrations that are in every part; all of them if there are no parts.
  record All(List<Segment> parts) implements Segment {
    public All {
      parts = List.copyOf(parts);
    }
  }

  /// Picks the registrations that are in at least one part; none if there are no parts.
  record Any(List<Segment> parts) implements Segment {
    public Any {
      parts = List.copyOf(parts);
    }
  }

  record Not(Segment part) implements Segment {}

  /// Returns the part of this segment that may be pushed to.
  default Segment reachable() {
    return new All(List.of(this, new Not(new Blocked())));
  }

  /// Returns whether it picks this registration. A store's index gives the same answer.
  default boolean covers(Registration registration) {
    Profile profile = registration.profile();
    return switch (this) {
      case HasTag(String tag) -> profile.tags().contains(tag);
      case HasAlias(String alias) -> profile.alias().filter(alias::equals).isPresent();
      case HasUser(String user) -> profile.userId().filter(user::equals).isPresent();
      case RegistrationIs(RegistrationId id) -> registration.id().equals(id);
      case OnPlatform(Platform platform) -> registration.device().platform() == platform;
      case InRegion(String region) -> profile.region().filter(region::equals).isPresent();
      case HasAttribute(String attribute, String value) ->
          value.equals(registration.device().attributes().get(attribute));
      case Blocked() -> registration.reachability().blocked();
      case All(var parts) -> parts.stream().allMatch(part -> part.covers(registration));
      case Any(var parts) -> parts.stream().anyMatch(part -> part.covers(registration));
      case Not(Segment part) -> !part.covers(registration);
    };
  }
}
