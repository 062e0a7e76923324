// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.device.internal.registration;

import dev.boomerang.device.registration.ServerErrorException;
import java.io.IOException;

/** Thrown when the server refused a registration call, or did not answer it. */
public final class RegistrationException extends ServerErrorException {
  private static final long serialVersionUID = 1L;
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int REQUEST_TIMEOUT = 408;
  private static final int UNAUTHORIZED = 401;
  private static final int NOT_FOUND = 404;
  private static final int GONE = 410;
  private static final String IDENTITY = "identity-";
  private static final String NO_TOKEN = "identity-token-unavailable";

  /** Creates the error for an answer with this HTTP status. */
  public RegistrationException(int status, String message) {
    this(status, "", message);
  }

  /** Creates the error for an answer with this HTTP status and error code. */
  public RegistrationException(int status, String code, String message) {
    super(status, code, "HTTP " + status + (message.isEmpty() ? "" : ": " + message));
  }

  /** Creates the error for a call that got no answer. */
  public RegistrationException(IOException cause) {
    super("", cause);
  }

  private RegistrationException(String code, Exception cause) {
    super(code, cause);
  }

  /** Returns the error for a call that was not made, because the supplier of tokens failed. */
  static RegistrationException noToken(Exception cause) {
    return new RegistrationException(NO_TOKEN, cause);
  }

  /** Returns whether the same call would be refused again. */
  public boolean isRefusal() {
    return status() >= 400
        && status() < 500
        && status() != TOO_MANY_REQUESTS
        && status() != REQUEST_TIMEOUT;
  }

  /** Returns whether the server does not know the registration, or not with this secret. */
  public boolean isRegistrationUnknown() {
    return !isIdentityTokenRequired()
        && (status() == UNAUTHORIZED || status() == NOT_FOUND || status() == GONE);
  }

  /** Returns whether another identity token could help. */
  public boolean isIdentityTokenRequired() {
    return code().startsWith(IDENTITY) && (status() == UNAUTHORIZED || status() == 0);
  }

  /** Returns whether the server did not accept the identity of the device. */
  public boolean isIdentityError() {
    return code().startsWith(IDENTITY);
  }
}
