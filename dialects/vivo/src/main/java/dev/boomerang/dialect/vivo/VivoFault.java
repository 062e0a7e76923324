// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.vivo;

import com.fasterxml.jackson.databind.node.ObjectNode;

/// A call that is refused with an error of the table. Thrown by what reads requests, and turned
/// into its reply in [VivoDialect].
final class VivoFault extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient ObjectNode json;

  VivoFault(VivoError error) {
    this(error, "");
  }

  VivoFault(VivoError error, String why) {
    this(error.json(why));
  }

  /// With a body that says more.
  VivoFault(ObjectNode json) {
    super(json.path("desc").asText(), null, false, false);
    this.json = json;
  }

  ObjectNode json() {
    return json;
  }
}
