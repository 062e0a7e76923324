// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui.v2;

import dev.boomerang.web.http.Reply;

/// Reports a caller's error that has a code and a text of its own.
final class V2CodeException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final V2Code code;
  private final String text;

  V2CodeException(V2Code code) {
    this(code, code.text());
  }

  V2CodeException(V2Code code, String message) {
    super(message, null, false, false);
    this.code = code;
    this.text = message;
  }

  /// Returns `<param> is invalid`, followed by the reason.
  static V2CodeException invalid(String param, String why) {
    return new V2CodeException(V2Code.PARAMETER, param + " is invalid: " + why);
  }

  Reply reply() {
    return code.reply(text);
  }
}
