// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.port;

import dev.boomerang.model.app.AppId;
import dev.boomerang.model.push.Audience;
import dev.boomerang.model.registration.Platform;
import dev.boomerang.model.registration.Registration;
import dev.boomerang.model.registration.RegistrationId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Registrations, found by id and by what audiences name. Within an app a device id belongs to one
/// registration.
public interface RegistrationStore {

  /// Stores a new registration. If the app already has one with the same device id, nothing is
  /// stored and that one comes back; otherwise the given one does.
  Registration add(Registration registration);

  /// Puts `changed` in the place of the version before it (`changed.version() - 1`). False if the
  /// stored one has another version, is gone, or the new device id belongs to another registration.
  boolean replace(Registration changed);

  /// Hands a device id over in one step: puts `former` (the next version of who had it, without it)
  /// in place, as [#replace] does, and stores `taker`, which has it now: as the next version of a
  /// registration that is there, else as a new one. False, and nothing is changed, if either of
  /// them is not as it was, or the device id is a third one's.
  boolean handOver(Registration former, Registration taker);

  /// Removes a registration at this moment, and remembers its id ([#removed]). False if there was
  /// none.
  boolean remove(RegistrationId id, Instant at);

  /// Returns those of `ids` that were registrations of the app and are removed, as long as that is
  /// remembered.
  Set<RegistrationId> removed(AppId app, Collection<RegistrationId> ids);

  /// Forgets ids removed before `limit`, the oldest first, at most `count`. Returns how many.
  int clearRemoved(Instant limit, int count);

  Optional<Registration> find(RegistrationId id);

  /// The registrations of an app that answer to any of `names`, in no particular order. For
  /// [Audience.TargetKind#DEVICE] a name may be a device id or a registration id.
  List<Registration> findByTarget(
      AppId app, Audience.TargetKind targetKind, Collection<String> names);

  /// How many of an app's registrations were made from `from` until before `to`, by platform;
  /// platforms without any are absent.
  Map<Platform, Integer> countRegistered(AppId app, Instant from, Instant to);

  /// Notes when devices were last here; a time older than the stored one changes nothing. Does not
  /// touch versions.
  void updateLastSeen(Map<RegistrationId, Instant> lastSeen);
}
