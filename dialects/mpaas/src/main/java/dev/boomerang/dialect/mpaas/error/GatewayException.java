// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.mpaas.error;

/// Thrown when the gateway refuses a call. The gateway alone turns it into an answer.
public final class GatewayException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final GatewayError error;
  private final String code;

  private GatewayException(GatewayError error, String code, String message) {
    super(message, null, false, false);
    this.error = error;
    this.code = code;
  }

  public static GatewayException of(GatewayError error) {
    return new GatewayException(error, error.code(), error.text());
  }

  /// `detail` takes the place of the `*` in the error's code and text.
  public static GatewayException of(GatewayError error, String detail) {
    return of(error, detail, detail);
  }

  /// Returns the error of a parameter that has one name in codes and another in the call.
  public static GatewayException of(GatewayError error, String inCode, String inText) {
    return new GatewayException(
        error, error.code().replace("*", inCode), error.text().replace("*", inText));
  }

  public int status() {
    return error.status();
  }

  public String code() {
    return code;
  }

  public String text() {
    return String.valueOf(getMessage());
  }
}
