// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.vivo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.boomerang.model.push.DialectDetail;
import dev.boomerang.model.push.Source;
import dev.boomerang.web.field.Json;

/// What vivo keeps with a task. `system` tells a system message from an operational one; `test` is
/// for test devices only; `rejected` by the review, which the caller learns when it asks.
record TaskDetail(boolean system, boolean test, boolean rejected) {
  private static final String SYSTEM = "system";
  private static final String TEST = "test";
  private static final String REJECTED = "rejected";

  /// Returns what is kept with a task from `source`; nothing holds if another dialect made it.
  static TaskDetail of(Source source) {
    if (!source.origin().equals(VivoDialect.ORIGIN)) {
      return new TaskDetail(false, false, false);
    }
    JsonNode json = Json.parse(source.detail().text());
    return new TaskDetail(
        json.path(SYSTEM).asBoolean(),
        json.path(TEST).asBoolean(),
        json.path(REJECTED).asBoolean());
  }

  TaskDetail asRejected() {
    return new TaskDetail(system, test, true);
  }

  DialectDetail encode() {
    return new DialectDetail(
        Json.write(Json.object().put(SYSTEM, system).put(TEST, test).put(REJECTED, rejected)));
  }
}
