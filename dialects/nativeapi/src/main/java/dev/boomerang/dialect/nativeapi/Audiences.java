// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.nativeapi;

import dev.boomerang.model.Audience;
import dev.boomerang.model.Audience.By;
import dev.boomerang.model.Audience.Everyone;
import dev.boomerang.model.Audience.Window;
import dev.boomerang.model.Content;
import dev.boomerang.model.Platform;
import dev.boomerang.model.Segment;
import dev.boomerang.model.Target;
import dev.boomerang.web.FieldFault.Kind;
import dev.boomerang.web.Fields;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Whom a push is for: names of one sort, `targets` with contents or message ids of their own, a
/// `segment`, or `everyone`.
final class Audiences {
  private static final int MAX_TARGETS = 100_000;
  private static final int MAX_NAME = 512;
  private static final int MAX_ID = 256;

  /// The end of the year 9999.
  private static final long MAX_TIME = 253_402_300_799_999L;

  private static final Map<String, By> NAMES =
      Map.of(
          "registrations", By.REGISTRATION,
          "devices", By.DEVICE,
          "users", By.USER,
          "aliases", By.ALIAS);

  private static final Map<String, By> NAME =
      Map.of(
          "registration", By.REGISTRATION,
          "device", By.DEVICE,
          "user", By.USER,
          "alias", By.ALIAS);

  /// Of an open push.
  static final Audience.Named NOBODY_YET = new Audience.Named(By.USER, List.of(), Optional.empty());

  private Audiences() {}

  /// Names of one sort, and nothing else but a platform.
  static Audience.Named named(Fields audience) {
    var known = new HashSet<>(NAMES.keySet());
    known.add("platform");
    audience.only(known);
    List<String> given = NAMES.keySet().stream().filter(audience::has).toList();
    if (given.size() != 1) {
      throw audience.fault(
          "users",
          given.isEmpty() ? Kind.MISSING : Kind.MALFORMED,
          "or exactly one of registrations, devices, aliases must be given");
    }
    return named(given.getFirst(), audience, Optional.empty());
  }

  private static Audience.Named named(String by, Fields audience, Optional<String> messageId) {
    return new Audience.Named(
        Optional.ofNullable(NAMES.get(by)).orElseThrow(),
        audience.texts(by, MAX_TARGETS, MAX_NAME).stream()
            .distinct()
            .map(name -> new Target(name, messageId, Optional.empty()))
            .toList(),
        platform(audience));
  }

  static Audience read(Fields audience, Optional<String> messageId, Contents contents) {
    var known = new HashSet<>(NAMES.keySet());
    known.addAll(Set.of("targets", "segment", "everyone", "platform"));
    audience.only(known);
    Optional<Platform> platform = platform(audience);
    List<String> given =
        known.stream().filter(name -> !name.equals("platform")).filter(audience::has).toList();
    if (given.size() != 1) {
      throw audience.fault(
          "users",
          given.isEmpty() ? Kind.MISSING : Kind.MALFORMED,
          "or exactly one of registrations, devices, aliases, targets, segment, everyone must be"
              + " given");
    }
    return switch (given.getFirst()) {
      case "everyone" -> everyone(audience, platform);
      case "segment" -> segment(Segments.read(audience.object("segment")), platform);
      case "targets" ->
          targets(audience.entries("targets", MAX_TARGETS), messageId, contents, platform);
      case String by -> named(by, audience, messageId);
    };
  }

  private static Audience segment(Segment segment, Optional<Platform> platform) {
    return new Audience.Matching(
        platform
            .<Segment>map(only -> new Segment.All(List.of(new Segment.On(only), segment)))
            .orElse(segment));
  }

  static Optional<Platform> platform(Fields fields) {
    return fields.choice("platform", List.of(Platform.values()), Platform::wire);
  }

  private static Audience targets(
      List<Fields> entries,
      Optional<String> messageId,
      Contents contents,
      Optional<Platform> platform) {
    var targets = new ArrayList<Target>(entries.size());
    Optional<String> sort = Optional.empty();
    for (Fields entry : entries) {
      String member = sort(entry, contents);
      if (!sort.orElse(member).equals(member)) {
        throw entry.fault(member, Kind.MALFORMED, "and " + sort.get() + " cannot be mixed");
      }
      sort = Optional.of(member);
      Optional<String> own =
          entry.has("messageId") ? Optional.of(entry.requiredText("messageId", MAX_ID)) : messageId;
      targets.add(new Target(entry.requiredText(member, MAX_NAME), own, contents.own(entry)));
    }
    By by = sort.flatMap(member -> Optional.ofNullable(NAME.get(member))).orElse(By.USER);
    return new Audience.Named(by, targets, platform);
  }

  private static String sort(Fields entry, Contents contents) {
    var known = new HashSet<>(NAME.keySet());
    known.add("messageId");
    known.addAll(contents.ownMembers());
    entry.only(known);
    List<String> sorts = NAME.keySet().stream().filter(entry::has).toList();
    if (sorts.size() != 1) {
      throw entry.fault(
          "user",
          sorts.isEmpty() ? Kind.MISSING : Kind.MALFORMED,
          "or exactly one of registration, device, alias must be given");
    }
    return sorts.getFirst();
  }

  /// `true`, or an object that says who of those bound to a user, and who of those not.
  private static Audience everyone(Fields audience, Optional<Platform> platform) {
    if (audience.node("everyone").filter(node -> node.isObject()).isEmpty()) {
      if (!audience.flag("everyone").orElse(false)) {
        throw audience.fault("everyone", Kind.MALFORMED, "must be true or an object");
      }
      return Everyone.all(platform);
    }
    Fields rule = audience.object("everyone");
    rule.only(Set.of("bound", "unbound"));
    Optional<Window> bound = window(rule, "bound");
    Optional<Window> unbound = window(rule, "unbound");
    if (bound.isEmpty() && unbound.isEmpty()) {
      throw rule.fault("bound", Kind.MISSING, "or unbound must be given");
    }
    return new Everyone(platform, bound, unbound);
  }

  /// `true` for any time, `false` for none, or an object with `from` and `to`, either of which may
  /// be absent.
  private static Optional<Window> window(Fields rule, String name) {
    if (rule.node(name).filter(node -> node.isObject()).isEmpty()) {
      return rule.flag(name).filter(given -> given).map(_ -> Window.ANY_TIME);
    }
    Fields window = rule.object(name);
    window.only(Set.of("from", "to"));
    Instant from =
        window.number("from", 0, MAX_TIME).map(Instant::ofEpochMilli).orElse(Instant.EPOCH);
    Optional<Instant> to = window.number("to", 0, MAX_TIME).map(Instant::ofEpochMilli);
    if (to.isPresent() && to.get().isBefore(from)) {
      throw window.fault("to", Kind.OUT_OF_RANGE, "must not lie before from");
    }
    return Optional.of(to.map(end -> new Window(from, end)).orElseGet(() -> Window.since(from)));
  }

  /// Whether someone gets what all get.
  static boolean hasCommon(Audience audience) {
    return switch (audience) {
      case Everyone _, Audience.Matching _ -> true;
      case Audience.Named(var _, var targets, var _) ->
          targets.stream().map(Target::content).anyMatch(Optional<Content>::isEmpty);
    };
  }
}
