// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.nativeapi.base;

/// Says that a device cannot prove to be who it says it is. `field` is the member of its request
/// that cannot be believed.
public final class IdentityException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public static final String TOKEN = "identityToken";

  private final NativeError error;
  private final String field;

  public IdentityException(NativeError error, String field, String message) {
    super(message, null, false, false);
    this.error = error;
    this.field = field;
  }

  /// Returns the refusal of a token that cannot be taken at all.
  public static IdentityException invalid(String problem) {
    return new IdentityException(
        NativeError.IDENTITY_TOKEN_INVALID, TOKEN, "the identity token " + problem);
  }

  public NativeError error() {
    return error;
  }

  public String field() {
    return field;
  }
}
