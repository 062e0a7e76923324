// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.server.ops;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.logging.Formatter;
import java.util.logging.LogRecord;

/// `2026-01-31T12:00:00.123Z INFO Main event=ready …`, then the cause's stack trace, if there is a
/// cause.
final class TextLine extends Formatter {
  /// The indent of a record's further lines: only the first begins at the margin, whatever an
  /// exception's message says.
  private static final int INDENT = 2;

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSX").withZone(ZoneOffset.UTC);

  @Override
  public String format(LogRecord line) {
    return TIME.format(line.getInstant())
        + " "
        + LogText.level(line)
        + " "
        + LogText.shortName(line)
        + " "
        + LogText.oneLine(formatMessage(line))
        + System.lineSeparator()
        + LogText.trace(line).indent(INDENT);
  }
}
