// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui.user;

import dev.boomerang.dialect.getui.limit.ErrorKind;
import dev.boomerang.dialect.getui.limit.GetuiException;
import dev.boomerang.model.registration.Platform;
import dev.boomerang.model.registration.Segment;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// Turns conditions into a segment.
///
/// Source: Getui "AppConditions" and "RestAPI V2", tag push.
public final class ConditionSegments {
  /// Matches a province's code: two digits of the province, two of the city and four that nobody
  /// uses: 33 00 0000 is Zhejiang, 33 01 0000 is Hangzhou.
  private static final Pattern PROVINCE = Pattern.compile("\\d{2}000000");

  /// Is how many city codes a province can have: 00, which is the province itself, to 99.
  private static final int CITIES = 100;

  private ConditionSegments() {}

  /// Returns the segment of the users who meet all conditions; of everyone if there are none.
  /// Throws [ErrorKind.Simple#TAG_UNKNOWN] for a key or a value that no user can have here.
  public static Segment segment(List<AudienceCondition> conditions) {
    return new Segment.All(conditions.stream().map(ConditionSegments::conditionSegment).toList());
  }

  /// Returns the users who meet one condition.
  private static Segment conditionSegment(AudienceCondition condition) {
    List<Segment> valueSegments =
        condition.values().stream().map(value -> valueSegment(condition.key(), value)).toList();
    return switch (condition.op()) {
      case OR -> new Segment.Any(valueSegments);
      case AND -> new Segment.All(valueSegments);
      case NOT -> new Segment.Not(new Segment.Any(valueSegments));
    };
  }

  /// Returns the users who have one value of a key. The protocols and their libraries spell the
  /// keys in several ways.
  private static Segment valueSegment(String key, String value) {
    return switch (key) {
      case "phone_type", "phoneType", "phonetype" -> new Segment.OnPlatform(platform(value));
      case "region" -> region(value);
      case "tag", "custom_tag" -> new Segment.HasTag(value);
      case String _ -> throw new GetuiException(ErrorKind.Simple.TAG_UNKNOWN);
    };
  }

  /// Returns the platform of a phone type, in whatever case it is written.
  private static Platform platform(String value) {
    return Platform.parse(value.toLowerCase(Locale.ROOT))
        .orElseThrow(() -> new GetuiException(ErrorKind.Simple.TAG_UNKNOWN));
  }

  /// Returns the users of a region; a province's code includes its cities.
  private static Segment region(String code) {
    if (!PROVINCE.matcher(code).matches()) {
      return new Segment.InRegion(code);
    }
    var cities = new ArrayList<Segment>();
    for (int city = 0; city < CITIES; city++) {
      cities.add(new Segment.InRegion("%s%02d0000".formatted(code.substring(0, 2), city)));
    }
    return new Segment.Any(cities);
  }
}
