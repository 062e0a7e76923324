// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.vivo.user;

import dev.boomerang.dialect.vivo.base.VivoConfig;
import dev.boomerang.dialect.vivo.user.User.InvalidReason;
import dev.boomerang.engine.registration.Registrations;
import dev.boomerang.model.app.AppId;
import dev.boomerang.model.registration.Registration;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// Looks up the users that calls name, and finds out whether a message would reach them.
///
/// Source: vivo "PUSH-UPS-API", invalidUser.status; "查询失效id".
public final class UserLookup {
  private final Registrations registrations;
  private final VivoConfig config;
  private final Clock clock;

  public UserLookup(Registrations registrations, VivoConfig config, Clock clock) {
    this.registrations = registrations;
    this.config = config;
    this.clock = clock;
  }

  /// Returns the users in the order in which they are named.
  List<User> find(AppId app, UserSelector selector) {
    return find(app, selector, false);
  }

  /// Returns the users for a message. If that is a test, only test devices can be reached.
  public List<User> find(AppId app, UserSelector selector, boolean test) {
    return find(app, selector, test, config.inactiveAfter());
  }

  /// Returns the users for a recall or for a change of their tags. A device counts as inactive
  /// sooner than for a message.
  public List<User> findForRecall(AppId app, UserSelector selector) {
    return find(app, selector, false, config.recallInactiveAfter());
  }

  private List<User> find(AppId app, UserSelector selector, boolean test, Duration inactiveAfter) {
    Map<String, List<Registration>> byName = new HashMap<>();
    for (Registration each : registrations(app, selector)) {
      String name = selector.byAlias() ? each.profile().alias().orElse("") : each.id().value();
      byName.computeIfAbsent(name, _ -> new ArrayList<>()).add(each);
    }
    Set<String> removed = removed(app, selector, byName.keySet());
    return selector.names().stream()
        .map(
            name -> {
              List<Registration> found = byName.getOrDefault(name, List.of());
              return new User(
                  name,
                  found,
                  removed.contains(name)
                      ? Optional.of(InvalidReason.UNINSTALLED)
                      : invalidReason(found, test, inactiveAfter));
            })
        .toList();
  }

  private Collection<Registration> registrations(AppId app, UserSelector selector) {
    return selector.byAlias()
        ? registrations.ofAliases(app, selector.names())
        : registrations.byId(app, selector.names()).values();
  }

  /// Returns the ids that belonged to registrations which are deleted by now. An alias of a deleted
  /// registration is not remembered.
  private Set<String> removed(AppId app, UserSelector selector, Set<String> found) {
    if (selector.byAlias()) {
      return Set.of();
    }
    List<String> unknown = selector.names().stream().filter(name -> !found.contains(name)).toList();
    return unknown.isEmpty() ? Set.of() : registrations.removed(app, unknown);
  }

  /// Returns why none of a user's registrations can be reached. Each condition looks only at those
  /// that meet the conditions before it.
  private Optional<InvalidReason> invalidReason(
      List<Registration> found, boolean test, Duration inactiveAfter) {
    List<Registration> on = matching(found, UserLookup::isOn);
    List<Registration> active = matching(on, each -> isActive(each, inactiveAfter));
    List<Registration> reachable = matching(active, each -> !test || isTestDevice(each));
    if (!reachable.isEmpty()) {
      return Optional.empty();
    }
    if (!active.isEmpty()) {
      return Optional.of(InvalidReason.NOT_A_TEST_DEVICE);
    }
    if (!on.isEmpty()) {
      return Optional.of(InvalidReason.INACTIVE);
    }
    return Optional.of(found.isEmpty() ? InvalidReason.UNKNOWN : InvalidReason.OFF);
  }

  private static List<Registration> matching(
      List<Registration> all, Predicate<Registration> condition) {
    return all.stream().filter(condition).toList();
  }

  private static boolean isOn(Registration each) {
    return each.reachability().notificationsOn() && !each.reachability().blocked();
  }

  private boolean isActive(Registration each, Duration inactiveAfter) {
    Instant limit = clock.instant().minus(inactiveAfter);
    return !each.seenAt().isBefore(limit) || registrations.isConnected(each.id());
  }

  public boolean isTestDevice(Registration each) {
    return each.profile().tags().contains(config.testTag());
  }
}
