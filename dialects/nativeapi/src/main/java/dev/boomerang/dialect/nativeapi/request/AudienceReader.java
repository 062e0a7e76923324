// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.nativeapi.request;

import dev.boomerang.model.push.Audience;
import dev.boomerang.model.push.Audience.Everyone;
import dev.boomerang.model.push.Audience.TargetKind;
import dev.boomerang.model.push.Audience.TimeRange;
import dev.boomerang.model.push.Content;
import dev.boomerang.model.push.Target;
import dev.boomerang.model.registration.Platform;
import dev.boomerang.model.registration.Segment;
import dev.boomerang.web.field.Fields;
import dev.boomerang.web.text.InvalidFieldException.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Reads who gets a push: names of one sort, `targets` with contents or message ids of their own, a
/// `segment`, or `everyone`.
public final class AudienceReader {
  private static final int MAX_TARGETS = 100_000;
  private static final int MAX_NAME = 512;
  private static final int MAX_ID = 256;

  /// The end of the year 9999.
  private static final long MAX_TIME = 253_402_300_799_999L;

  private static final Map<String, TargetKind> NAMES =
      Map.of(
          "registrations", TargetKind.REGISTRATION,
          "devices", TargetKind.DEVICE,
          "users", TargetKind.USER,
          "aliases", TargetKind.ALIAS);

  private static final Map<String, TargetKind> NAME =
      Map.of(
          "registration", TargetKind.REGISTRATION,
          "device", TargetKind.DEVICE,
          "user", TargetKind.USER,
          "alias", TargetKind.ALIAS);

  /// Names nobody: the audience of an open push.
  public static final Audience.Targeted NOBODY_YET =
      new Audience.Targeted(TargetKind.USER, List.of(), Optional.empty());

  private AudienceReader() {}

  /// Names of one sort, and nothing else but a platform.
  public static Audience.Targeted named(Fields audience) {
    Optional<Platform> platform = platform(audience);
    List<String> given = NAMES.keySet().stream().filter(audience::has).toList();
    audience.refuseUnread();
    if (given.size() != 1) {
      throw audience.invalid(
          "users",
          given.isEmpty() ? Kind.MISSING : Kind.MALFORMED,
          "or exactly one of registrations, devices, aliases must be given");
    }
    return named(given.getFirst(), audience, Optional.empty(), platform);
  }

  /// Reads a list of names, each of which becomes one target. A name that stands there twice counts
  /// once, so nobody gets the push twice for it. Returns the member that [#named(Fields)] took the
  /// names from.
  public static String memberOf(Fields audience) {
    return NAMES.keySet().stream().filter(audience::has).findFirst().orElse("users");
  }

  private static Audience.Targeted named(
      String by, Fields audience, Optional<String> messageId, Optional<Platform> platform) {
    return new Audience.Targeted(
        Optional.ofNullable(NAMES.get(by)).orElseThrow(),
        audience.texts(by, MAX_TARGETS, MAX_NAME).stream()
            .distinct()
            .map(name -> new Target(name, messageId, Optional.empty()))
            .toList(),
        platform);
  }

  /// Reads the audience of a push, in which exactly one way of naming it must be given. `messageId`
  /// is the id for every target that has none of its own; `contentReader` reads what a target gets
  /// instead of the common content.
  public static Audience read(
      Fields audience, Optional<String> messageId, ContentReader contentReader) {
    Optional<Platform> platform = platform(audience);
    List<String> given =
        Stream.concat(NAMES.keySet().stream(), Stream.of("targets", "segment", "everyone"))
            .filter(audience::has)
            .toList();
    audience.refuseUnread();
    if (given.size() != 1) {
      throw audience.invalid(
          "users",
          given.isEmpty() ? Kind.MISSING : Kind.MALFORMED,
          "or exactly one of registrations, devices, aliases, targets, segment, everyone must be"
              + " given");
    }
    return switch (given.getFirst()) {
      case "everyone" -> everyone(audience, platform);
      case "segment" -> segment(SegmentReader.read(audience.object("segment")), platform);
      case "targets" ->
          targets(audience.entries("targets", MAX_TARGETS), messageId, contentReader, platform);
      case String by -> named(by, audience, messageId, platform);
    };
  }

  private static Audience segment(Segment segment, Optional<Platform> platform) {
    return new Audience.BySegment(
        platform
            .<Segment>map(only -> new Segment.All(List.of(new Segment.OnPlatform(only), segment)))
            .orElse(segment));
  }

  public static Optional<Platform> platform(Fields fields) {
    return fields.choice("platform", List.of(Platform.values()), Platform::wire);
  }

  /// Reads targets that may have a message id and a content of their own. All must be named by the
  /// same kind of name, because a push has one [TargetKind].
  private static Audience targets(
      List<Fields> entries,
      Optional<String> messageId,
      ContentReader contentReader,
      Optional<Platform> platform) {
    var targets = new ArrayList<Target>(entries.size());
    Optional<String> sort = Optional.empty();
    for (Fields entry : entries) {
      Optional<String> own =
          entry.has("messageId") ? Optional.of(entry.requiredText("messageId", MAX_ID)) : messageId;
      Optional<Content> content = contentReader.own(entry);
      String member = sort(entry);
      if (!sort.orElse(member).equals(member)) {
        throw entry.invalid(member, Kind.MALFORMED, "and " + sort.get() + " cannot be mixed");
      }
      sort = Optional.of(member);
      targets.add(new Target(entry.requiredText(member, MAX_NAME), own, content));
    }
    TargetKind targetKind =
        sort.flatMap(member -> Optional.ofNullable(NAME.get(member))).orElse(TargetKind.USER);
    return new Audience.Targeted(targetKind, targets, platform);
  }

  /// Returns the one member by which an entry names its target; refuses an entry with none or
  /// several.
  private static String sort(Fields entry) {
    List<String> sorts = NAME.keySet().stream().filter(entry::has).toList();
    entry.refuseUnread();
    if (sorts.size() != 1) {
      throw entry.invalid(
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
        throw audience.invalid("everyone", Kind.MALFORMED, "must be true or an object");
      }
      return Everyone.all(platform);
    }
    Fields rule = audience.object("everyone");
    Optional<TimeRange> bound = window(rule, "bound");
    Optional<TimeRange> unbound = window(rule, "unbound");
    if (bound.isEmpty() && unbound.isEmpty()) {
      rule.refuseUnread();
      throw rule.invalid("bound", Kind.MISSING, "or unbound must be given");
    }
    return new Everyone(platform, bound, unbound);
  }

  /// `true` for any time, `false` for none, or an object with `from` and `to`, either of which may
  /// be absent.
  private static Optional<TimeRange> window(Fields rule, String name) {
    if (rule.node(name).filter(node -> node.isObject()).isEmpty()) {
      return rule.flag(name).filter(given -> given).map(_ -> TimeRange.ANY_TIME);
    }
    Fields window = rule.object(name);
    Instant from =
        window.number("from", 0, MAX_TIME).map(Instant::ofEpochMilli).orElse(Instant.EPOCH);
    Optional<Instant> to = window.number("to", 0, MAX_TIME).map(Instant::ofEpochMilli);
    if (to.isPresent() && to.get().isBefore(from)) {
      throw window.invalid("to", Kind.OUT_OF_RANGE, "must not lie before from");
    }
    return Optional.of(
        to.map(end -> new TimeRange(from, end)).orElseGet(() -> TimeRange.since(from)));
  }

  /// Whether someone gets what all get.
  public static boolean hasCommon(Audience audience) {
    return switch (audience) {
      case Everyone _, Audience.BySegment _ -> true;
      case Audience.Targeted(var _, var targets, var _) ->
          targets.stream().map(Target::content).anyMatch(Optional<Content>::isEmpty);
    };
  }
}
