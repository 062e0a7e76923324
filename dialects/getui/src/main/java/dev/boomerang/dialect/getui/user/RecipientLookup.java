// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui.user;

import dev.boomerang.engine.registration.Registrations;
import dev.boomerang.model.app.AppId;
import dev.boomerang.model.registration.Registration;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Finds the registrations that cids and aliases stand for.
public final class RecipientLookup {
  private final Registrations registrations;
  private final Duration idle;
  private final Clock clock;

  public RecipientLookup(Registrations registrations, Duration idle, Clock clock) {
    this.registrations = registrations;
    this.idle = idle;
    this.clock = clock;
  }

  /// Returns the registrations of each name, in the order of the names; a name that nobody has gets
  /// none.
  public Map<String, List<Registration>> find(AppId app, Recipients recipients) {
    return find(app, List.of(recipients)).getFirst();
  }

  /// Does [#find(AppId, Recipients)] for each of these, with one query for all cids and one for all
  /// aliases.
  public List<Map<String, List<Registration>>> find(AppId app, List<Recipients> all) {
    Map<String, List<Registration>> byCid = new HashMap<>();
    Map<String, List<Registration>> byAlias = new HashMap<>();
    for (Recipients each : all) {
      Map<String, List<Registration>> byName =
          switch (each) {
            case Recipients.Cids _ -> byCid;
            case Recipients.Aliases _ -> byAlias;
          };
      // Cids and aliases are kept apart: a cid may be another user's alias.
      each.names().forEach(name -> byName.put(name, new ArrayList<>()));
    }
    registrations
        .byId(app, byCid.keySet())
        .forEach(
            (cid, registration) ->
                byCid.computeIfAbsent(cid, _ -> new ArrayList<>()).add(registration));
    for (Registration registration : registrations.ofAliases(app, byAlias.keySet())) {
      registration
          .profile()
          .alias()
          .ifPresent(
              alias -> byAlias.computeIfAbsent(alias, _ -> new ArrayList<>()).add(registration));
    }
    return all.stream()
        .map(
            each ->
                switch (each) {
                  case Recipients.Cids(var names) -> select(names, byCid);
                  case Recipients.Aliases(var names) -> select(names, byAlias);
                })
        .toList();
  }

  /// Returns the part of the map that has these names, in their order.
  private static Map<String, List<Registration>> select(
      List<String> names, Map<String, List<Registration>> byName) {
    Map<String, List<Registration>> selected = new LinkedHashMap<>();
    names.forEach(name -> selected.put(name, List.copyOf(byName.getOrDefault(name, List.of()))));
    return selected;
  }

  /// Returns whether anything is pushed to a user: not if they are blocked, or were not here for
  /// too long.
  public boolean isReachable(Registration registration) {
    return !registration.reachability().blocked() && !isIdle(registration);
  }

  /// Returns whether a user has been away for longer than the settings allow; never if they set 0.
  /// A connected user is not idle, however long ago the connection began.
  private boolean isIdle(Registration registration) {
    return !idle.isZero()
        && registration.seenAt().isBefore(clock.instant().minus(idle))
        && !registrations.isConnected(registration.id());
  }
}
