// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.model.push;

import dev.boomerang.model.registration.AudienceAttributes;
import dev.boomerang.model.registration.Platform;
import dev.boomerang.model.registration.Segment;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Says who gets a push.
public sealed interface Audience {

  /// Says how the name of a target finds registrations.
  enum TargetKind {
    REGISTRATION,
    /// The id a device was registered with, chosen by the app, or the registration id itself.
    DEVICE,
    USER,
    ALIAS
  }

  /// The registrations of each named target, as they are at the moment of acceptance; on `platform`
  /// only, if given. A target may have none or several.
  record Targeted(TargetKind targetKind, List<Target> targets, Optional<Platform> platform)
      implements Audience {
    public Targeted {
      targets = List.copyOf(targets);
    }
  }

  /// Everyone whom the rule covers: those bound to a user since a time in `bound`, those unbound
  /// since a time in `unbound`; on `platform` only, if given. It is asked when a device takes the
  /// message, so devices that register or are bound within its lifetime are covered too.
  record Everyone(
      Optional<Platform> platform, Optional<TimeRange> bound, Optional<TimeRange> unbound)
      implements Audience {

    public static Everyone all(Optional<Platform> platform) {
      return new Everyone(
          platform, Optional.of(TimeRange.ANY_TIME), Optional.of(TimeRange.ANY_TIME));
    }

    /// Returns the rule of the same push that much later.
    public Everyone shiftedBy(Duration by) {
      return new Everyone(
          platform,
          bound.map(timeRange -> timeRange.shiftedBy(by)),
          unbound.map(timeRange -> timeRange.shiftedBy(by)));
    }

    public boolean covers(AudienceAttributes audienceAttributes) {
      return !audienceAttributes.blocked()
          && (platform.isEmpty() || platform.get() == audienceAttributes.platform())
          && (audienceAttributes.bound() ? bound : unbound)
              .filter(timeRange -> timeRange.contains(audienceAttributes.since()))
              .isPresent();
    }
  }

  /// Picks the registrations that a segment has at the moment of acceptance.
  record BySegment(Segment segment) implements Audience {}

  /// A span of time, both ends included. One that [#since] made is open: it begins some time before
  /// its push, and a schedule moves it along, so that "the last 7 days" are those before each
  /// firing.
  record TimeRange(Instant from, Instant to) {
    private static final Instant NEVER = Instant.parse("9999-12-31T23:59:59.999Z");

    public static final TimeRange ANY_TIME = new TimeRange(Instant.EPOCH, NEVER);

    public static TimeRange since(Instant from) {
      return new TimeRange(from, NEVER);
    }

    public boolean isOpen() {
      return to.equals(NEVER) && !equals(ANY_TIME);
    }

    public TimeRange shiftedBy(Duration by) {
      return isOpen() ? since(from.plus(by)) : this;
    }

    public boolean contains(Instant time) {
      return !time.isBefore(from) && !time.isAfter(to);
    }
  }
}
