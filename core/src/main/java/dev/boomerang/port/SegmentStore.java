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

/// Picks registrations by rule, from an index that changes in the same step as they do.
public interface SegmentStore {

  /// Who was picked, fixed. A handle of the store that made it.
  interface RegistrationSet {
    int size();
  }

  /// Exactly those of the app whom `segment` covers now. The cost does not depend on how many
  /// registrations there are one by one, but for a segment's own names.
  RegistrationSet resolve(AppId app, Segment segment);

  /// Exactly those of the app whom `rule` covers now. The cost does not depend on how many
  /// registrations there are one by one, unless it asks since when they are bound.
  RegistrationSet resolve(AppId app, Audience.Everyone rule);

  /// Those of `ids` who are there.
  RegistrationSet of(Collection<RegistrationId> ids);

  /// A crowd's registrations that are still there, in no particular order. Meant for small crowds.
  List<Registration> registrations(RegistrationSet registrationSet);

  /// Some of a crowd's registrations that are still there, at most `limit`, in no particular order;
  /// none only if none is there.
  List<Registration> sample(RegistrationSet registrationSet, int limit);

  /// The tags that registrations of the app have, in order of their bytes, at most `limit`.
  List<String> tags(AppId app, int limit);

  /// Those of `ids` that belong to a crowd.
  Set<RegistrationId> intersect(RegistrationSet registrationSet, Collection<RegistrationId> ids);
}
