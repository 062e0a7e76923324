// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.server.ops;

import dev.boomerang.web.field.Json;
import java.util.logging.Formatter;
import java.util.logging.LogRecord;

/// Writes one JSON object per line: `time`, `level`, `logger`, `message`, and `error` with the
/// stack trace if there is a cause.
final class JsonLine extends Formatter {
  @Override
  public String format(LogRecord line) {
    var json =
        Json.object()
            .put("time", line.getInstant().toString())
            .put("level", LogText.level(line))
            .put("logger", LogText.name(line))
            .put("message", formatMessage(line));
    String trace = LogText.trace(line);
    if (!trace.isEmpty()) {
      json.put("error", trace);
    }
    return Json.write(json) + System.lineSeparator();
  }
}
