// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.server.ops;

import java.io.PrintStream;
import java.util.List;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/// Sends everything that is logged, by us or by libraries, to one stream, one line each.
public final class Logs {
  private static final String MANAGER = "java.util.logging.manager";

  /// Held, because the JDK forgets the level of a logger that nobody holds. Apart, so that [#claim]
  /// comes before them.
  private static final class Held {
    static final Logger ROOT = Logger.getLogger("");
    static final List<Logger> LIBRARIES =
        List.of(Logger.getLogger("io"), Logger.getLogger("com"), Logger.getLogger("org"));

    /// The pool's logger, which writes a stack trace for each connection that is lost; the store
    /// says it in one line.
    static final Logger POOL = Logger.getLogger("com.zaxxer.hikari");
  }

  private Logs() {}

  /// Takes over the log manager. This must come before anything that logs: the JDK's own manager
  /// would take the handlers away in the first moment of a stop, and with them every line about it.
  public static void claim() {
    System.setProperty(MANAGER, Manager.class.getName());
  }

  /// Logs to `out` from now on.
  public static void open(PrintStream out, boolean json, System.Logger.Level level) {
    for (Handler handler : Held.ROOT.getHandlers()) {
      Held.ROOT.removeHandler(handler);
    }
    Level threshold = level(level);
    Held.ROOT.addHandler(new StreamHandler(out, json ? new JsonLine() : new TextLine()));
    Held.ROOT.setLevel(threshold);
    // Libraries say much at INFO that only their authors want to know.
    Level libraries = threshold.intValue() > Level.WARNING.intValue() ? threshold : Level.WARNING;
    Held.LIBRARIES.forEach(logger -> logger.setLevel(libraries));
    Held.POOL.setLevel(threshold.equals(Level.OFF) ? Level.OFF : Level.SEVERE);
  }

  private static Level level(System.Logger.Level level) {
    return switch (level) {
      case ALL, TRACE -> Level.FINER;
      case DEBUG -> Level.FINE;
      case INFO -> Level.INFO;
      case WARNING -> Level.WARNING;
      case ERROR -> Level.SEVERE;
      case OFF -> Level.OFF;
    };
  }

  /// Keeps its handlers when the process stops.
  public static final class Manager extends LogManager {
    @Override
    public void reset() {}
  }

  private static final class StreamHandler extends Handler {
    private final PrintStream out;

    StreamHandler(PrintStream out, Formatter formatter) {
      this.out = out;
      setFormatter(formatter);
    }

    @Override
    public void publish(LogRecord line) {
      if (isLoggable(line)) {
        out.print(getFormatter().format(line));
      }
    }

    @Override
    public void flush() {
      out.flush();
    }

    @Override
    public void close() {}
  }
}
