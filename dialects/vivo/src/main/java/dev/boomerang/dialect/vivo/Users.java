// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.vivo;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.boomerang.engine.registration.Registrations;
import dev.boomerang.model.app.AppId;
import dev.boomerang.model.push.Audience.TargetKind;
import dev.boomerang.model.registration.Registration;
import dev.boomerang.web.field.Fields;
import dev.boomerang.web.text.InvalidFieldException.Kind;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// Whom calls name, and whether anything would reach them.
///
/// Source: vivo "PUSH-UPS-API", invalidUser.status; "查询失效id".
final class Users {
  /// Longer ids are nobody's.
  private static final int MAX_ID = 512;

  enum Invalid {
    UNKNOWN(1, "unknown"),
    /// Notifications switched off, or blocked by the app.
    OFF(2, "off"),
    /// A registration that left.
    UNINSTALLED(2, "uninstalled"),
    INACTIVE(3, "inactive"),
    NOT_FOR_TESTS(4, "notForTests");

    private final int status;
    private final String cause;

    Invalid(int status, String cause) {
      this.status = status;
      this.cause = cause;
    }

    /// Why such a user is passed over.
    String cause() {
      return cause;
    }

    int status() {
      return status;
    }
  }

  /// A name and who answers to it; `invalid` says why nothing would reach any of them.
  record User(String name, List<Registration> registrations, Optional<Invalid> invalid) {
    boolean isGood() {
      return invalid.isEmpty();
    }
  }

  private final Registrations registrations;
  private final VivoConfig config;
  private final Clock clock;

  Users(Registrations registrations, VivoConfig config, Clock clock) {
    this.registrations = registrations;
    this.config = config;
    this.clock = clock;
  }

  /// How a call names users: 1 by id, 2 by alias.
  static TargetKind by(Fields fields, String field) {
    return fields.requiredNumber(field, 1, 2) == 1 ? TargetKind.REGISTRATION : TargetKind.ALIAS;
  }

  /// 1 to `most` names, each of them once.
  static List<String> names(Fields fields, String field, int most) {
    Set<String> names = new LinkedHashSet<>(fields.texts(field, most, MAX_ID));
    if (names.isEmpty()) {
      throw fields.invalid(field, Kind.MISSING, "must have 1 to " + most + " entries");
    }
    return List.copyOf(names);
  }

  /// In the order of `names`.
  List<User> look(AppId app, TargetKind targetKind, List<String> names) {
    return look(app, targetKind, names, false);
  }

  /// If it is a test, only test devices are good for it.
  List<User> look(AppId app, TargetKind targetKind, List<String> names, boolean test) {
    return look(app, targetKind, names, test, config.inactiveAfter());
  }

  /// As [#look(AppId, By, List)], where a device counts as away sooner: what is taken back, or
  /// gathered under a tag, was sent to it before.
  List<User> lookRecent(AppId app, TargetKind targetKind, List<String> names) {
    return look(app, targetKind, names, false, config.recallInactiveAfter());
  }

  private List<User> look(
      AppId app, TargetKind targetKind, List<String> names, boolean test, Duration inactiveAfter) {
    Map<String, List<Registration>> known = new HashMap<>();
    for (Registration each : find(app, targetKind, names)) {
      String name =
          targetKind == TargetKind.ALIAS ? each.profile().alias().orElse("") : each.id().value();
      known.computeIfAbsent(name, _ -> new ArrayList<>()).add(each);
    }
    Set<String> removed =
        targetKind == TargetKind.ALIAS ? Set.of() : removed(app, names, known.keySet());
    return names.stream()
        .map(
            name -> {
              List<Registration> found = known.getOrDefault(name, List.of());
              return new User(
                  name,
                  found,
                  removed.contains(name)
                      ? Optional.of(Invalid.UNINSTALLED)
                      : invalid(found, test, inactiveAfter));
            })
        .toList();
  }

  private Set<String> removed(AppId app, List<String> names, Set<String> known) {
    List<String> strangers = names.stream().filter(name -> !known.contains(name)).toList();
    return strangers.isEmpty() ? Set.of() : registrations.removed(app, strangers);
  }

  private Collection<Registration> find(AppId app, TargetKind targetKind, List<String> names) {
    return targetKind == TargetKind.ALIAS
        ? registrations.ofAliases(app, names)
        : registrations.byId(app, names).values();
  }

  /// Each condition asks those who met the ones before.
  private Optional<Invalid> invalid(
      List<Registration> found, boolean test, Duration inactiveAfter) {
    List<Registration> on = only(found, Users::isOn);
    List<Registration> active = only(on, each -> isActive(each, inactiveAfter));
    List<Registration> good = only(active, each -> !test || isForTests(each));
    if (!good.isEmpty()) {
      return Optional.empty();
    }
    if (!active.isEmpty()) {
      return Optional.of(Invalid.NOT_FOR_TESTS);
    }
    if (!on.isEmpty()) {
      return Optional.of(Invalid.INACTIVE);
    }
    return Optional.of(found.isEmpty() ? Invalid.UNKNOWN : Invalid.OFF);
  }

  private static List<Registration> only(List<Registration> some, Predicate<Registration> which) {
    return some.stream().filter(which).toList();
  }

  private static boolean isOn(Registration each) {
    return each.reachability().notificationsOn() && !each.reachability().blocked();
  }

  private boolean isActive(Registration each, Duration inactiveAfter) {
    Instant limit = clock.instant().minus(inactiveAfter);
    return !each.seenAt().isBefore(limit) || registrations.isConnected(each.id());
  }

  boolean isForTests(Registration each) {
    return each.profile().tags().contains(config.testTag());
  }

  /// As replies tell of those nothing reaches.
  static ArrayNode tell(List<User> users, ArrayNode into) {
    users.forEach(
        user ->
            user.invalid()
                .ifPresent(
                    why ->
                        into.addObject().put("status", why.status()).put("userid", user.name())));
    return into;
  }
}
