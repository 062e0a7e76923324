// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.port;

import dev.boomerang.model.app.AppId;
import dev.boomerang.model.push.Audience;
import dev.boomerang.model.registration.Registration;
import dev.boomerang.model.registration.RegistrationId;
import dev.boomerang.model.registration.Segment;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/// Selects registrations by rule, from an index that changes in the same step as they do.
public interface SegmentStore {

  /// Represents registrations as they were selected, fixed. Only the store that made it can read
  /// it.
  interface RegistrationSet {
    int size();
  }

  /// Returns exactly the registrations of the app that `segment` covers now. The cost does not
  /// depend on the number of single registrations, except those that a segment names itself.
  RegistrationSet resolve(AppId app, Segment segment);

  /// Returns exactly the registrations of the app that `rule` covers now. The cost does not depend
  /// on the number of single registrations, unless the rule asks since when they are bound.
  RegistrationSet resolve(AppId app, Audience.Everyone rule);

  /// Returns the set of those `ids` that exist.
  RegistrationSet of(Collection<RegistrationId> ids);

  /// Returns a set's registrations that still exist, in no particular order. It is meant for small
  /// sets.
  List<Registration> registrations(RegistrationSet registrationSet);

  /// Returns at most `limit` of a set's registrations that still exist, in no particular order;
  /// none only if none exists.
  List<Registration> sample(RegistrationSet registrationSet, int limit);

  /// Returns the tags that registrations of the app have, in the order of their bytes, at most
  /// `limit`.
  List<String> tags(AppId app, int limit);

  /// Returns the `ids` that belong to a set.
  Set<RegistrationId> intersect(RegistrationSet registrationSet, Collection<RegistrationId> ids);
}
