// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.device.internal.registration;

import dev.boomerang.device.registration.ServerErrorException;
import java.io.IOException;

/** The server said no, or did not answer. */
public final class RegistrationException extends ServerErrorException {
  private static final long serialVersionUID = 1L;
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int REQUEST_TIMEOUT = 408;
  private static final int UNAUTHORIZED = 401;
  private static final int NOT_FOUND = 404;
  private static final int GONE = 410;
  private static final String IDENTITY = "identity-";
  private static final String NO_TOKEN = "identity-token-unavailable";

  /** It answered with this HTTP status. */
  public RegistrationException(int status, String message) {
    this(status, "", message);
  }

  /** It answered with this HTTP status and this code of its own. */
  public RegistrationException(int status, String code, String message) {
    super(status, code, "HTTP " + status + (message.isEmpty() ? "" : ": " + message));
  }

  /** No answer. */
  public RegistrationException(IOException cause) {
    super("", cause);
  }

  private RegistrationException(String code, Exception cause) {
    super(code, cause);
  }

  /** The server was not asked, because the app had no token to show. */
  static RegistrationException noToken(Exception cause) {
    return new RegistrationException(NO_TOKEN, cause);
  }

  /** The same question will get the same answer. */
  public boolean isRefusal() {
    return status() >= 400
        && status() < 500
        && status() != TOO_MANY_REQUESTS
        && status() != REQUEST_TIMEOUT;
  }

  /** The registration is not known there, or not with this secret. */
  public boolean isRegistrationUnknown() {
    return !isIdentityTokenRequired()
        && (status() == UNAUTHORIZED || status() == NOT_FOUND || status() == GONE);
  }

  /** Another identity token could help. */
  public boolean isIdentityTokenRequired() {
    return code().startsWith(IDENTITY) && (status() == UNAUTHORIZED || status() == 0);
  }

  /** The device is not who it says it is, as far as it showed. */
  public boolean isIdentityError() {
    return code().startsWith(IDENTITY);
  }
}
