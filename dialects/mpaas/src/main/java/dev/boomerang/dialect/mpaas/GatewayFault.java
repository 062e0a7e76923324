// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.mpaas;

/// The gateway refuses a call. Turned into an answer in [Gateway] and nowhere else.
final class GatewayFault extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final GatewayError row;
  private final String code;

  private GatewayFault(GatewayError row, String code, String message) {
    super(message, null, false, false);
    this.row = row;
    this.code = code;
  }

  static GatewayFault of(GatewayError row) {
    return new GatewayFault(row, row.code(), row.text());
  }

  /// `detail` takes the place of the `*` in the row's code and text.
  static GatewayFault of(GatewayError row, String detail) {
    return of(row, detail, detail);
  }

  /// For a parameter that has one name in codes and another where the client puts it.
  static GatewayFault of(GatewayError row, String inCode, String inText) {
    return new GatewayFault(row, row.code().replace("*", inCode), row.text().replace("*", inText));
  }

  int status() {
    return row.status();
  }

  String code() {
    return code;
  }

  String text() {
    return String.valueOf(getMessage());
  }
}
