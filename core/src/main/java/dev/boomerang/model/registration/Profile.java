// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.model.registration;

import java.util.Optional;
import java.util.Set;

/// Describes the person that a registration belongs to, as far as audiences ask.
public record Profile(
    Optional<String> userId, Optional<String> alias, Set<String> tags, Optional<String> region) {
  public static final Profile EMPTY =
      new Profile(Optional.empty(), Optional.empty(), Set.of(), Optional.empty());

  public Profile {
    tags = Set.copyOf(tags);
  }

  /// Returns this profile, with what `known` says in place of what it leaves out.
  public Profile or(Profile known) {
    return new Profile(
        userId.or(known::userId),
        alias.or(known::alias),
        tags.isEmpty() ? known.tags() : tags,
        region.or(known::region));
  }

  public Profile withUser(Optional<String> user) {
    return new Profile(user, alias, tags, region);
  }

  public Profile withAlias(Optional<String> name) {
    return new Profile(userId, name, tags, region);
  }

  /// Whoever has another alias keeps it.
  public Profile withoutAlias(String name) {
    return withAlias(alias.filter(known -> !known.equals(name)));
  }

  public Profile withTags(Set<String> all) {
    return new Profile(userId, alias, all, region);
  }
}
