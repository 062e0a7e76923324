// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.jpush.request;

import dev.boomerang.dialect.jpush.base.FieldFormats;
import dev.boomerang.dialect.jpush.base.JpushError;
import dev.boomerang.dialect.jpush.base.JpushException;
import dev.boomerang.model.push.Audience;
import dev.boomerang.model.push.Audience.Everyone;
import dev.boomerang.model.registration.Platform;
import dev.boomerang.model.registration.RegistrationId;
import dev.boomerang.model.registration.Segment;
import dev.boomerang.web.field.Fields;
import dev.boomerang.web.text.InvalidFieldException.Kind;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/// Reads `platform` and `audience`. Members of an audience are joined by AND; an empty array is as
/// if it were not there.
///
/// Source: JPush "Push API v3", platform and audience.
public final class AudienceReader {
  private static final int MAX_TAGS = 20;
  private static final int MAX_IDS = 1_000;

  private AudienceReader() {}

  /// Returns the platforms, or empty for `all`. A platform that no device runs any more
  /// (`winphone`) is accepted and ignored.
  static Optional<Set<Platform>> platforms(Fields body) {
    if (!body.has("platform")) {
      throw body.invalid("platform", Kind.MISSING, "must be given");
    }
    if (body.node("platform").filter(node -> node.asText().equals("all")).isPresent()) {
      return Optional.empty();
    }
    var platforms = EnumSet.noneOf(Platform.class);
    List<String> names = body.texts("platform", 10, 16);
    for (String name : names) {
      switch (name) {
        case "android" -> platforms.add(Platform.ANDROID);
        case "ios" -> platforms.add(Platform.IOS);
        case "hmos" -> platforms.add(Platform.HARMONY);
        case "quickapp" -> platforms.add(Platform.QUICKAPP);
        case "winphone" -> {}
        case String _ ->
            throw body.invalid("platform", Kind.MALFORMED, "has " + name + ", which is none");
      }
    }
    if (names.isEmpty()) {
      throw body.invalid("platform", Kind.BLANK, "must be \"all\" or name platforms");
    }
    return Optional.of(platforms);
  }

  /// The audience of `body`, narrowed to these platforms.
  static Audience audience(Fields body, Optional<Set<Platform>> platforms) {
    if (!body.has("audience")) {
      throw body.invalid("audience", Kind.MISSING, "must be given");
    }
    if (isAll(body)) {
      return broadcast(platforms);
    }
    Fields audience = body.object("audience");
    checkMembers(audience);
    var parts = new ArrayList<Segment>();
    anyOf(tags(audience, "tag"), Segment.HasTag::new).ifPresent(parts::add);
    tags(audience, "tag_and").forEach(tag -> parts.add(new Segment.HasTag(tag)));
    anyOf(tags(audience, "tag_not"), Segment.HasTag::new)
        .ifPresent(tagged -> parts.add(new Segment.Not(tagged)));
    anyOf(names(audience, "alias", MAX_IDS), Segment.HasAlias::new).ifPresent(parts::add);
    anyOf(registrations(audience), Segment.RegistrationIs::new).ifPresent(parts::add);
    if (parts.isEmpty()) {
      throw audience.invalid("tag", Kind.MISSING, "or another member must be given");
    }
    return matchingAll(parts, platforms);
  }

  public static boolean isAll(Fields body) {
    return body.node("audience").filter(node -> node.asText().equals("all")).isPresent();
  }

  /// Refuses unknown members, in every mode: ignoring one would make the push reach more than it
  /// should.
  private static void refuseUnknown(Fields audience) {
    audience.ignore(
        "tag",
        "tag_and",
        "tag_not",
        "alias",
        "registration_id",
        "segment",
        "abtest",
        "file",
        "live_activity_id");
    UnknownMembers.refuse(audience);
  }

  private static void checkMembers(Fields audience) {
    refuseUnknown(audience);
    for (String unknown : List.of("segment", "abtest", "live_activity_id")) {
      if (audience.has(unknown)) {
        throw audience.invalid(unknown, Kind.MALFORMED, "names something that does not exist");
      }
    }
    if (audience.has("file")) {
      throw audience.invalid("file", Kind.MALFORMED, "is for /v3/push/file");
    }
  }

  /// Returns the segment of the targets that the audience's file lists. Lines that cannot name
  /// anybody are skipped.
  public static Segment fileTargets(
      Fields body, Function<String, Optional<TargetFiles.TargetFile>> files) {
    Fields audience = body.object("audience");
    refuseUnknown(audience);
    if (!audience.has("file")) {
      throw audience.invalid("file", Kind.MISSING, "must be given");
    }
    if (audience.names().size() > 1) {
      throw audience.invalid("file", Kind.MALFORMED, "must stand alone");
    }
    Fields file = audience.object("file");
    TargetFiles.TargetFile found =
        files
            .apply(file.requiredText("file_id", 128))
            .orElseThrow(() -> file.invalid("file_id", Kind.MALFORMED, "doesn't exist"));
    Stream<Segment> each =
        switch (found.kind()) {
          case ALIAS -> found.lines().stream().map(Segment.HasAlias::new);
          case REGISTRATION ->
              found.lines().stream()
                  .map(RegistrationId::parse)
                  .flatMap(Optional::stream)
                  .map(Segment.RegistrationIs::new);
        };
    return new Segment.Any(each.toList());
  }

  /// The registration ids among what an audience asks for.
  public static Optional<Segment.Any> registrationIds(Audience audience) {
    return audience instanceof Audience.BySegment(Segment.All(var parts))
        ? parts.stream()
            .map(part -> part instanceof Segment.Any any ? any : new Segment.Any(List.of(part)))
            .filter(any -> !any.parts().isEmpty())
            .filter(any -> any.parts().getFirst() instanceof Segment.RegistrationIs)
            .findFirst()
        : Optional.empty();
  }

  static Audience matchingAll(List<Segment> parts, Optional<Set<Platform>> platforms) {
    var all = new ArrayList<>(parts);
    platforms.ifPresent(only -> all.add(onPlatforms(only)));
    return new Audience.BySegment(new Segment.All(all));
  }

  private static Audience broadcast(Optional<Set<Platform>> platforms) {
    if (platforms.isEmpty()) {
      return Everyone.all(Optional.empty());
    }
    Set<Platform> only = platforms.get();
    return only.size() == 1
        ? Everyone.all(only.stream().findFirst())
        : new Audience.BySegment(onPlatforms(only));
  }

  private static Segment onPlatforms(Set<Platform> platforms) {
    return new Segment.Any(platforms.stream().<Segment>map(Segment.OnPlatform::new).toList());
  }

  private static <T> Optional<Segment> anyOf(List<T> values, Function<T, Segment> asked) {
    return values.isEmpty()
        ? Optional.empty()
        : Optional.of(new Segment.Any(values.stream().map(asked).toList()));
  }

  private static List<String> tags(Fields audience, String name) {
    return names(audience, name, MAX_TAGS);
  }

  private static List<String> names(Fields audience, String field, int most) {
    List<String> names = audience.texts(field, most, FieldFormats.MAX_NAME_BYTES);
    names.forEach(name -> FieldFormats.checkName(audience, field, name));
    return names;
  }

  static List<RegistrationId> registrations(Fields audience) {
    return audience.texts("registration_id", MAX_IDS, 64).stream()
        .map(AudienceReader::registration)
        .toList();
  }

  public static RegistrationId registration(String text) {
    return RegistrationId.parse(text).orElseThrow(() -> invalidRegistration(text));
  }

  public static JpushException invalidRegistration(String registration) {
    return new JpushException(
        JpushError.INVALID, "The registration_id " + registration + " is invalid!");
  }
}
