// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.web.field;

import dev.boomerang.model.push.Template;
import dev.boomerang.model.push.Template.FillResult;
import dev.boomerang.web.limit.CallMemory;
import java.util.Map;

/// Fills templates in for a call: what comes of it is charged to the call before it is built.
public final class TemplateFilling {
  /// How often a filled text is in memory at once: as text, as what is stored, and on its way
  /// there.
  private static final int COPIES = 4;

  private TemplateFilling() {}

  /// Fills a template as [Template#fill] does; a push for a thousand targets calls this a thousand
  /// times.
  public static FillResult fill(
      Template template, Map<String, String> values, Map<String, String> extras, int most) {
    long length = template.filledLength(values);
    CallMemory.charge(COPIES * Math.min(length, most));
    return template.fill(values, extras, most);
  }
}
