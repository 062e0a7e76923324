// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui.v1;

import dev.boomerang.web.http.Reply;

/// Reports a caller's error that has a result of its own.
final class V1ResultException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final V1Result result;

  V1ResultException(V1Result result) {
    super(result.text(), null, false, false);
    this.result = result;
  }

  Reply reply() {
    return result.reply();
  }
}
