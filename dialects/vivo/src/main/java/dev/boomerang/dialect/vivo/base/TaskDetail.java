// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.vivo.base;

import com.fasterxml.jackson.databind.JsonNode;
import dev.boomerang.model.push.DialectDetail;
import dev.boomerang.model.push.Source;
import dev.boomerang.web.field.Json;

/// What this dialect keeps with a task. A `system` message is not an operational one; a `test`
/// message is for test devices only; a `rejected` one did not pass the review, which its caller
/// learns by asking for its status.
public record TaskDetail(boolean system, boolean test, boolean rejected) {
  private static final String SYSTEM = "system";
  private static final String TEST = "test";
  private static final String REJECTED = "rejected";

  /// Returns what is kept with a task from `source`. A task that another dialect made is neither a
  /// system message nor a test.
  public static TaskDetail of(Source source) {
    if (!source.origin().equals(VivoConfig.ORIGIN)) {
      return new TaskDetail(false, false, false);
    }
    JsonNode json = Json.parse(source.detail().text());
    return new TaskDetail(
        json.path(SYSTEM).asBoolean(),
        json.path(TEST).asBoolean(),
        json.path(REJECTED).asBoolean());
  }

  public TaskDetail asRejected() {
    return new TaskDetail(system, test, true);
  }

  public DialectDetail encode() {
    return new DialectDetail(
        Json.write(Json.object().put(SYSTEM, system).put(TEST, test).put(REJECTED, rejected)));
  }
}
