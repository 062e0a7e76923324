// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui.limit;

/// Reports a caller's error that is not in the form of a field. Nothing has been done.
public final class GetuiException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient ErrorKind kind;

  public GetuiException(ErrorKind kind) {
    super(kind.toString(), null, false, false);
    this.kind = kind;
  }

  public ErrorKind kind() {
    return kind;
  }
}
