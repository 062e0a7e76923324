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

/// Stores registrations, found by id and by what audiences name. Within an app a device id belongs
/// to one registration.
public interface RegistrationStore {

  /// Stores a new registration and returns it. If the app already has one with the same device id,
  /// stores nothing and returns that one.
  Registration add(Registration registration);

  /// Puts `changed` in the place of the version before it (`changed.version() - 1`). Returns false
  /// if the stored one has another version or is gone, or if the new device id belongs to another
  /// registration.
  boolean replace(Registration changed);

  /// Hands a device id over in one step. Puts `former` (the next version of the registration that
  /// had it, without it) in place, as [#replace] does, and stores `taker`, which has it now: as the
  /// next version of a stored registration, else as a new one. Returns false, and changes nothing,
  /// if either of them is not as it was, or the device id belongs to a third one.
  boolean handOver(Registration former, Registration taker);

  /// Removes a registration at this moment, and remembers its id ([#removed]). Returns false if
  /// there was none.
  boolean remove(RegistrationId id, Instant at);

  /// Returns the `ids` that were registrations of the app and are removed, as long as that is
  /// remembered.
  Set<RegistrationId> removed(AppId app, Collection<RegistrationId> ids);

  /// Forgets ids removed before `limit`, the oldest first, at most `count`. Returns how many it
  /// forgot.
  int clearRemoved(Instant limit, int count);

  Optional<Registration> find(RegistrationId id);

  /// Returns the registrations of an app that answer to any of `names`, in no particular order. For
  /// [Audience.TargetKind#DEVICE] a name may be a device id or a registration id.
  List<Registration> findByTarget(
      AppId app, Audience.TargetKind targetKind, Collection<String> names);

  /// Returns how many of an app's registrations were made from `from` until before `to`, by
  /// platform; platforms without any are absent.
  Map<Platform, Integer> countRegistered(AppId app, Instant from, Instant to);

  /// Stores when devices were last connected; a time older than the stored one changes nothing.
  /// Versions stay as they are.
  void updateLastSeen(Map<RegistrationId, Instant> lastSeen);
}
