// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.vivo.base;

import com.fasterxml.jackson.databind.node.ObjectNode;

/// A call that is refused with an error of the table. Thrown by what reads requests, and turned
/// into its reply by `VivoDialect`.
public final class VivoException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient ObjectNode json;

  public VivoException(VivoError error) {
    this(error, "");
  }

  public VivoException(VivoError error, String why) {
    this(error.json(why));
  }

  /// With a body that says more.
  public VivoException(ObjectNode json) {
    super(json.path("desc").asText(), null, false, false);
    this.json = json;
  }

  public ObjectNode json() {
    return json;
  }
}
