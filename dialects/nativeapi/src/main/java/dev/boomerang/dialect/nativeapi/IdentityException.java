// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.nativeapi;

/// A device is not who it says it is, as far as it can show. `field` is the member of its request
/// that cannot be believed.
final class IdentityException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  static final String TOKEN = "identityToken";

  private final NativeError error;
  private final String field;

  IdentityException(NativeError error, String field, String message) {
    super(message, null, false, false);
    this.error = error;
    this.field = field;
  }

  /// Returns the refusal of a token that cannot be taken at all.
  static IdentityException invalid(String problem) {
    return new IdentityException(
        NativeError.IDENTITY_TOKEN_INVALID, TOKEN, "the identity token " + problem);
  }

  NativeError error() {
    return error;
  }

  String field() {
    return field;
  }
}
