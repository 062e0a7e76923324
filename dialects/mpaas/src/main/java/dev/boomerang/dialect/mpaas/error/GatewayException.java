// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.mpaas.error;

/// The gateway refuses a call. Turned into an answer in
/// [Gateway][dev.boomerang.dialect.mpaas.gateway.Gateway] and nowhere else.
public final class GatewayException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final GatewayError error;
  private final String code;

  private GatewayException(GatewayError row, String code, String message) {
    super(message, null, false, false);
    this.error = row;
    this.code = code;
  }

  public static GatewayException of(GatewayError row) {
    return new GatewayException(row, row.code(), row.text());
  }

  /// `detail` takes the place of the `*` in the row's code and text.
  public static GatewayException of(GatewayError row, String detail) {
    return of(row, detail, detail);
  }

  /// For a parameter that has one name in codes and another where the client puts it.
  public static GatewayException of(GatewayError row, String inCode, String inText) {
    return new GatewayException(
        row, row.code().replace("*", inCode), row.text().replace("*", inText));
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
