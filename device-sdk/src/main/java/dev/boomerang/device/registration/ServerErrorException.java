// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.device.registration;

import java.io.IOException;

/**
 * Thrown when the server refused a call or gave no answer. {@link
 * dev.boomerang.device.NotificationHandler#onError} receives it.
 */
public class ServerErrorException extends IOException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String code;

  /** Creates the error for an answer of the server. */
  public ServerErrorException(int status, String code, String message) {
    super(message);
    this.status = status;
    this.code = code;
  }

  /** Creates the error for a call that got no answer. */
  public ServerErrorException(String code, Throwable cause) {
    super(String.valueOf(cause), cause);
    this.status = 0;
    this.code = code;
  }

  /** Returns the HTTP status; 0 if there was no answer. */
  public final int status() {
    return status;
  }

  /**
   * Returns the error's code as the server's documents list it, such as {@code
   * identity-token-expired}; {@code identity-token-unavailable} if the app's supplier failed; empty
   * if there is none.
   */
  public final String code() {
    return code;
  }
}
