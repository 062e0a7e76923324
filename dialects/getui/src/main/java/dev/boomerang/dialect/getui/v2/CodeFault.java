// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui.v2;

import dev.boomerang.web.http.Reply;

/// A caller's fault that has a code and a text of its own.
final class CodeFault extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final Code code;
  private final String text;

  CodeFault(Code code) {
    this(code, code.text());
  }

  CodeFault(Code code, String message) {
    super(message, null, false, false);
    this.code = code;
    this.text = message;
  }

  /// `<param> is invalid`, with what is wrong behind it.
  static CodeFault invalid(String param, String why) {
    return new CodeFault(Code.PARAMETER, param + " is invalid: " + why);
  }

  Reply reply() {
    return code.reply(text);
  }
}
