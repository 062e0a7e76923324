// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.jpush.request;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.web.field.Fields;
import dev.boomerang.web.field.Json;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The objects of a push that only vendor channels read, kept as they came.
public final class VendorHints {
  private static final String HINT = "jpush.";

  /// The hint that has a push's `options`.
  public static final String OPTIONS = HINT + "options";

  private VendorHints() {}

  /// Returns the JSON of each of those objects by its hint.
  static Map<String, String> read(Fields body) {
    Map<String, String> hints = new HashMap<>();
    for (String name : List.of("notification", "notification_3rd", "options")) {
      body.node(name)
          .filter(ObjectNode.class::isInstance)
          .ifPresent(node -> hints.put(HINT + name, Json.write(node)));
    }
    return hints;
  }
}
