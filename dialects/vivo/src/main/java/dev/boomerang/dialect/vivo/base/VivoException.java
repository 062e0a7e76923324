// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.vivo.base;

import com.fasterxml.jackson.databind.node.ObjectNode;

/// Thrown when a call is refused with an error of the table. [VivoErrorHandler] turns it into the
/// reply.
public final class VivoException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient ObjectNode json;

  public VivoException(VivoError error) {
    this(error, "");
  }

  /// Creates the exception; `why` says more to the caller.
  public VivoException(VivoError error, String why) {
    this(error.json(why));
  }

  /// Creates the exception with a body that has more members than the error's own.
  public VivoException(ObjectNode json) {
    super(json.path("desc").asText(), null, false, false);
    this.json = json;
  }

  public ObjectNode json() {
    return json;
  }
}
