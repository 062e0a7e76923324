// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui.user;

import dev.boomerang.model.registration.Registration;
import dev.boomerang.web.field.Fields;
import dev.boomerang.web.text.InvalidFieldException.Kind;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/// Changes a badge, the number on the app's icon: adds `number`, which may be negative, or sets it.
/// A badge is 0 to 99999, whatever the change.
public record BadgeChange(long number, boolean isRelative) {
  /// Names the device attribute that stores the badge.
  private static final String ATTRIBUTE = "getui.badge";

  private static final long MAX_BADGE = 99_999;
  private static final Pattern FORM = Pattern.compile("[+-]?\\d{1,5}");

  /// Reads `badge`: `+n`, `-n` or `n`.
  public static BadgeChange read(Fields body) {
    String badge = body.requiredText("badge", 16);
    if (!FORM.matcher(badge).matches()) {
      throw body.invalid("badge", Kind.MALFORMED, "must be a number, +n or -n");
    }
    return new BadgeChange(Long.parseLong(badge), badge.startsWith("+") || badge.startsWith("-"));
  }

  /// Returns the registration with its badge changed.
  Registration apply(Registration registration) {
    long before = isRelative ? badge(registration) : 0;
    long after = Math.min(MAX_BADGE, Math.max(0, before + number));
    Map<String, String> attributes = new HashMap<>(registration.device().attributes());
    attributes.put(ATTRIBUTE, Long.toString(after));
    return registration.with(registration.device().withAttributes(attributes));
  }

  /// Returns a user's badge; 0 if it was never set.
  public static long badge(Registration registration) {
    return Long.parseLong(registration.device().attributes().getOrDefault(ATTRIBUTE, "0"));
  }
}
