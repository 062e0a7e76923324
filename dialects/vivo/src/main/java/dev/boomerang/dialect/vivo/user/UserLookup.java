// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.vivo.user;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.boomerang.dialect.vivo.base.VivoConfig;
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
public final class UserLookup {
  /// Longer ids are nobody's.
  private static final int MAX_ID = 512;

  public enum InvalidReason {
    UNKNOWN(1, "unknown"),
    /// Notifications switched off, or blocked by the app.
    OFF(2, "off"),
    /// A registration that left.
    UNINSTALLED(2, "uninstalled"),
    INACTIVE(3, "inactive"),
    NOT_A_TEST_DEVICE(4, "notForTests");

    private final int status;
    private final String cause;

    InvalidReason(int status, String cause) {
      this.status = status;
      this.cause = cause;
    }

    /// Why such a user is passed over.
    public String cause() {
      return cause;
    }

    public int status() {
      return status;
    }
  }

  /// A name and who answers to it; `invalid` says why nothing would reach any of them.
  public record User(
      String name, List<Registration> registrations, Optional<InvalidReason> invalidReason) {
    public boolean isReachable() {
      return invalidReason.isEmpty();
    }
  }

  private final Registrations registrations;
  private final VivoConfig config;
  private final Clock clock;

  public UserLookup(Registrations registrations, VivoConfig config, Clock clock) {
    this.registrations = registrations;
    this.config = config;
    this.clock = clock;
  }

  /// How a call names users: 1 by id, 2 by alias.
  public static TargetKind by(Fields fields, String field) {
    return fields.requiredNumber(field, 1, 2) == 1 ? TargetKind.REGISTRATION : TargetKind.ALIAS;
  }

  /// 1 to `most` names, each of them once.
  public static List<String> names(Fields fields, String field, int most) {
    Set<String> names = new LinkedHashSet<>(fields.texts(field, most, MAX_ID));
    if (names.isEmpty()) {
      throw fields.invalid(field, Kind.MISSING, "must have 1 to " + most + " entries");
    }
    return List.copyOf(names);
  }

  /// In the order of `names`.
  List<User> find(AppId app, TargetKind targetKind, List<String> names) {
    return find(app, targetKind, names, false);
  }

  /// If it is a test, only test devices are good for it.
  public List<User> find(AppId app, TargetKind targetKind, List<String> names, boolean test) {
    return find(app, targetKind, names, test, config.inactiveAfter());
  }

  /// As [#find(AppId, By, List)], where a device counts as away sooner: what is taken back, or
  /// gathered under a tag, was sent to it before.
  public List<User> findForRecall(AppId app, TargetKind targetKind, List<String> names) {
    return find(app, targetKind, names, false, config.recallInactiveAfter());
  }

  private List<User> find(
      AppId app, TargetKind targetKind, List<String> names, boolean test, Duration inactiveAfter) {
    Map<String, List<Registration>> known = new HashMap<>();
    for (Registration each : findRegistrations(app, targetKind, names)) {
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
                      ? Optional.of(InvalidReason.UNINSTALLED)
                      : invalid(found, test, inactiveAfter));
            })
        .toList();
  }

  private Set<String> removed(AppId app, List<String> names, Set<String> known) {
    List<String> strangers = names.stream().filter(name -> !known.contains(name)).toList();
    return strangers.isEmpty() ? Set.of() : registrations.removed(app, strangers);
  }

  private Collection<Registration> findRegistrations(AppId app, TargetKind targetKind, List<String> names) {
    return targetKind == TargetKind.ALIAS
        ? registrations.ofAliases(app, names)
        : registrations.byId(app, names).values();
  }

  /// Each condition asks those who met the ones before.
  private Optional<InvalidReason> invalid(
      List<Registration> found, boolean test, Duration inactiveAfter) {
    List<Registration> on = only(found, UserLookup::isOn);
    List<Registration> active = only(on, each -> isActive(each, inactiveAfter));
    List<Registration> good = only(active, each -> !test || isTestDevice(each));
    if (!good.isEmpty()) {
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

  public boolean isTestDevice(Registration each) {
    return each.profile().tags().contains(config.testTag());
  }

  /// As replies tell of those nothing reaches.
  public static ArrayNode tell(List<User> users, ArrayNode into) {
    users.forEach(
        user ->
            user.invalidReason()
                .ifPresent(
                    why ->
                        into.addObject().put("status", why.status()).put("userid", user.name())));
    return into;
  }
}
