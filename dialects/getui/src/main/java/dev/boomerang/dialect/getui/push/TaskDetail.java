// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui.push;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.model.push.DialectDetail;
import dev.boomerang.model.push.Source;
import dev.boomerang.web.field.Json;
import java.util.Locale;
import java.util.Optional;

/// Is what Getui stores with a task: which of its calls made it, and what it takes back if it is a
/// revoking one.
record TaskDetail(GetuiTaskId.Kind kind, Optional<PushRequest.Revoke> revoke) {
  /// Names a member of the stored JSON; like the next two, it is stored and must not change.
  private static final String KIND = "kind";

  private static final String REVOKES = "revokes";
  private static final String FORCE = "force";

  /// Returns what is stored with a task from `source`; empty if another dialect made it.
  static Optional<TaskDetail> of(Source source) {
    if (!source.origin().equals(PushMapper.ORIGIN)) {
      return Optional.empty();
    }
    JsonNode json = Json.parse(source.detail().text());
    Optional<PushRequest.Revoke> revoke =
        json.has(REVOKES)
            ? Optional.of(
                new PushRequest.Revoke(json.path(REVOKES).asText(), json.path(FORCE).asBoolean()))
            : Optional.empty();
    String kind = json.path(KIND).asText().toUpperCase(Locale.ROOT);
    return Optional.of(new TaskDetail(GetuiTaskId.Kind.valueOf(kind), revoke));
  }

  /// Returns the detail as JSON, which [#of] reads.
  DialectDetail encode() {
    ObjectNode json = Json.object().put(KIND, kind.name().toLowerCase(Locale.ROOT));
    revoke.ifPresent(old -> json.put(REVOKES, old.oldTask()).put(FORCE, old.force()));
    return new DialectDetail(Json.write(json));
  }
}
