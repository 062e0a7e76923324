// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui;

import dev.boomerang.engine.Registrations;
import dev.boomerang.model.AppId;
import dev.boomerang.model.Registration;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The registrations that cids and aliases stand for.
final class People {
  private final Registrations registrations;
  private final Duration idle;
  private final Clock clock;

  People(Registrations registrations, Duration idle, Clock clock) {
    this.registrations = registrations;
    this.idle = idle;
    this.clock = clock;
  }

  /// By name, in the order in which they were named; names that stand for nobody have none.
  Map<String, List<Registration>> of(AppId app, Whom whom) {
    Map<String, List<Registration>> found = new LinkedHashMap<>();
    switch (whom) {
      case Whom.Cids(var cids) -> {
        Map<String, Registration> known = registrations.byId(app, cids);
        cids.forEach(cid -> found.put(cid, Optional.ofNullable(known.get(cid)).stream().toList()));
      }
      case Whom.Aliases(var aliases) ->
          aliases.forEach(alias -> found.put(alias, registrations.ofAlias(app, alias)));
    }
    return found;
  }

  /// Whether anything is pushed to them: not if they are blocked, or were not here for too long.
  boolean isReached(Registration person) {
    return !person.reach().blocked() && !isIdle(person);
  }

  private boolean isIdle(Registration person) {
    return !idle.isZero()
        && person.seenAt().isBefore(clock.instant().minus(idle))
        && !registrations.isConnected(person.id());
  }
}
