// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.vivo.tag;

import dev.boomerang.model.registration.Registration;
import java.util.HashSet;
import java.util.Set;

/// A change of the tags of devices.
record TagChange(Set<String> added, Set<String> removed) {
  TagChange {
    added = Set.copyOf(added);
    removed = Set.copyOf(removed);
  }

  Registration applyTo(Registration before) {
    return before.with(before.profile().withTags(tagsAfter(before)));
  }

  /// Returns whether the change makes a difference to a registration.
  boolean changes(Registration registration) {
    return !registration.profile().tags().equals(tagsAfter(registration));
  }

  private Set<String> tagsAfter(Registration before) {
    Set<String> tags = new HashSet<>(before.profile().tags());
    tags.removeAll(removed);
    tags.addAll(added);
    return tags;
  }
}
