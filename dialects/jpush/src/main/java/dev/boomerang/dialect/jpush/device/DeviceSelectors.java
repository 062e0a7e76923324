// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.jpush.device;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.boomerang.dialect.jpush.base.Authenticator.Caller;
import dev.boomerang.dialect.jpush.base.FieldFormats;
import dev.boomerang.dialect.jpush.base.JpushError;
import dev.boomerang.dialect.jpush.base.JpushException;
import dev.boomerang.engine.registration.Registrations;
import dev.boomerang.model.registration.Platform;
import dev.boomerang.model.registration.Registration;
import dev.boomerang.model.registration.RegistrationId;
import dev.boomerang.model.registration.Segment;
import dev.boomerang.web.field.Fields;
import dev.boomerang.web.http.Call;
import dev.boomerang.web.text.InvalidFieldException.Kind;
import dev.boomerang.web.text.QueryParameters;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads what device calls name: registrations, tags, platforms, within their limits.
public final class DeviceSelectors {
  private static final int MAX_IDS = 1_000;
  private static final int MAX_TAGS = 100;
  private static final int MAX_TAGS_BYTES = 1_000;
  private static final int MAX_NAME = 40;

  /// The registrations of the caller's app, and the ids that are none of them.
  public record IdLookup(List<Registration> known, List<String> unknown) {
    public boolean isEmpty() {
      return known.isEmpty() && unknown.isEmpty();
    }

    /// 7013 if some are bad, 7002 if all are. Nothing has been changed then.
    List<Registration> requireAllKnown() {
      if (!unknown.isEmpty()) {
        throw new JpushException(
            known.isEmpty() ? JpushError.DEVICE_INVALID : JpushError.DEVICE_SOME_INVALID,
            "registration_id is invalid",
            unknown);
      }
      return known;
    }
  }

  private final Registrations registrations;

  public DeviceSelectors(Registrations registrations) {
    this.registrations = registrations;
  }

  static JpushException unknownRegistration(String id) {
    return new JpushException(JpushError.DEVICE_INVALID, "registration_id is invalid", List.of(id));
  }

  Registration registration(Caller caller, String id) {
    return RegistrationId.parse(id)
        .flatMap(parsed -> registrations.find(caller.app().id(), parsed))
        .orElseThrow(() -> unknownRegistration(id));
  }

  public IdLookup registrations(Caller caller, Fields fields, String field) {
    var asked = new LinkedHashSet<>(fields.texts(field, MAX_IDS, 64));
    Map<String, Registration> known = registrations.byId(caller.app().id(), asked);
    var good = new ArrayList<Registration>();
    var illegal = new ArrayList<String>();
    for (String id : asked) {
      Optional.ofNullable(known.get(id)).ifPresentOrElse(good::add, () -> illegal.add(id));
    }
    return new IdLookup(good, illegal);
  }

  static Set<String> tags(Fields fields, String field) {
    List<String> tags = fields.texts(field, MAX_TAGS, MAX_NAME);
    tags.forEach(tag -> FieldFormats.checkName(fields, field, tag));
    if (tags.stream().mapToInt(tag -> tag.getBytes(UTF_8).length).sum() > MAX_TAGS_BYTES) {
      throw fields.invalid(
          field, Kind.OUT_OF_RANGE, "must have at most " + MAX_TAGS_BYTES + " bytes in all");
    }
    return Set.copyOf(tags);
  }

  /// The tag or alias that stands in the path.
  static String pathName(Call call, String param) {
    return checkedName(param, call.param(param));
  }

  static String checkedName(String param, String name) {
    FieldFormats.checkName(Fields.of(Map.of(param, name)), param, name);
    return name;
  }

  /// `what`, on the platforms that the query asks for.
  static Segment onPlatforms(Call call, Segment what) {
    Fields query = Fields.of(QueryParameters.parse(call.query()));
    Optional<String> wanted = query.text("platform", 64).filter(text -> !text.isBlank());
    if (wanted.isEmpty()) {
      return what;
    }
    var platforms = new ArrayList<Segment>();
    for (String name : wanted.get().split(",", -1)) {
      platform(query, name.strip())
          .ifPresent(platform -> platforms.add(new Segment.OnPlatform(platform)));
    }
    return new Segment.All(List.of(what, new Segment.Any(platforms)));
  }

  /// Empty for a platform that no device runs any more.
  private static Optional<Platform> platform(Fields query, String name) {
    return switch (name) {
      case "android" -> Optional.of(Platform.ANDROID);
      case "ios" -> Optional.of(Platform.IOS);
      case "hmos" -> Optional.of(Platform.HARMONY);
      case "quickapp" -> Optional.of(Platform.QUICKAPP);
      case "winphone" -> Optional.empty();
      case String _ -> throw query.invalid("platform", Kind.MALFORMED, "has one that is none");
    };
  }
}
