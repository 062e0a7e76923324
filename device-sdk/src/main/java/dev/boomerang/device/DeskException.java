// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.device;

import java.io.IOException;

/** The server said no, or did not answer. */
final class DeskException extends IOException {
  private static final long serialVersionUID = 1L;
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int REQUEST_TIMEOUT = 408;
  private static final int UNAUTHORIZED = 401;
  private static final int NOT_FOUND = 404;
  private static final int GONE = 410;

  private final int status;

  /** It answered with this HTTP status. */
  DeskException(int status, String message) {
    super("HTTP " + status + (message.isEmpty() ? "" : ": " + message));
    this.status = status;
  }

  /** No answer. */
  DeskException(IOException cause) {
    super(String.valueOf(cause), cause);
    this.status = 0;
  }

  /** The same question will get the same answer. */
  boolean isRefusal() {
    return status >= 400
        && status < 500
        && status != TOO_MANY_REQUESTS
        && status != REQUEST_TIMEOUT;
  }

  /** The registration is not known there, or not with this secret. */
  boolean isUnknown() {
    return status == UNAUTHORIZED || status == NOT_FOUND || status == GONE;
  }
}
