// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.server.ops;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.logging.Level;
import java.util.logging.LogRecord;

/// Holds what both forms of a log line share.
final class LogText {
  private LogText() {}

  static String level(LogRecord line) {
    int value = line.getLevel().intValue();
    if (value >= Level.SEVERE.intValue()) {
      return "ERROR";
    }
    if (value >= Level.WARNING.intValue()) {
      return "WARN";
    }
    return value >= Level.INFO.intValue() ? "INFO" : "DEBUG";
  }

  static String name(LogRecord line) {
    String name = line.getLoggerName();
    return name == null ? "" : name;
  }

  static String shortName(LogRecord line) {
    String name = name(line);
    return name.substring(name.lastIndexOf('.') + 1);
  }

  /// Line breaks and other control characters become spaces: what a caller sent must not look like
  /// a line of ours.
  static String oneLine(String text) {
    return text.chars().noneMatch(Character::isISOControl)
        ? text
        : text.replaceAll("\\p{Cntrl}", " ");
  }

  /// Empty without a cause.
  static String trace(LogRecord line) {
    Throwable thrown = line.getThrown();
    if (thrown == null) {
      return "";
    }
    var text = new StringWriter();
    thrown.printStackTrace(new PrintWriter(text, true));
    return text.toString();
  }
}
