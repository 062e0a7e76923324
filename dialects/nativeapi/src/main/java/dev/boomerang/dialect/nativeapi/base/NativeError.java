// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.nativeapi.base;

import dev.boomerang.web.ApiError;
import dev.boomerang.web.ErrorHandler;
import dev.boomerang.web.ErrorRow;
import dev.boomerang.web.http.Reply;
import dev.boomerang.web.text.InvalidFieldException;
import java.util.Optional;

/// Lists every error of the native API and the device API. The code is for programs, the message
/// for people.
public enum NativeError implements ErrorRow {
  UNAUTHORIZED("unauthorized", 401, "the key or token is missing, wrong or switched off"),
  IDENTITY_TOKEN_REQUIRED(
      "identity-token-required", 401, "this needs an identity token of the app's back end"),
  IDENTITY_TOKEN_INVALID("identity-token-invalid", 401, "the identity token cannot be taken"),
  IDENTITY_TOKEN_EXPIRED("identity-token-expired", 401, "the identity token is expired"),
  IDENTITY_MISMATCH(
      "identity-mismatch", 403, "the identity token is for another user, device, alias or app"),
  NOT_FOUND("not-found", 404, "there is no such thing in this app"),
  MISSING_FIELD("missing-field", 400, "a required field is not given"),
  INVALID_FIELD("invalid-field", 400, "a field cannot be taken"),
  ID_TAKEN("id-taken", 409, "a request id or message id is already used for something else"),
  NAME_TAKEN("name-taken", 409, "a template of this name exists"),
  TOO_MANY("too-many", 409, "the app has as many of these as it may have"),
  NOBODY("nobody", 409, "no registration matches the audience"),
  REJECTED("rejected", 409, "what the push says must not go out"),
  CLOSED("closed", 409, "the task takes no more targets"),
  TOO_OLD("too-old", 409, "only messages of the last 7 days can be recalled"),
  TOO_MANY_REQUESTS("too-many-requests", 429, "too many calls; wait a second"),
  TOO_MANY_REGISTRATIONS(
      "too-many-registrations", 429, "the app has as many registrations as it may have"),
  INTERNAL("internal-error", 500, "this is our fault, and it is logged"),
  UNAVAILABLE("unavailable", 503, "the store gives no answer; try again");
  private final Columns columns;

  NativeError(String code, int status, String text) {
    columns = new Columns(code, status, text);
  }

  @Override
  public Columns columns() {
    return columns;
  }

  public Reply reply() {
    return challenged(ApiError.of(status(), code(), text()));
  }

  private Reply challenged(Reply reply) {
    return status() == 401 ? reply.with("WWW-Authenticate", "Bearer") : reply;
  }

  public Reply reply(String message, String field) {
    return challenged(ApiError.of(status(), code(), message, field));
  }

  /// Turns this dialect's faults into replies; no other place does.
  public static final ErrorHandler<Reply> FAULTS =
      new ErrorHandler<>() {
        @Override
        public Optional<Reply> refused(RuntimeException fault) {
          return switch (fault) {
            case InvalidFieldException field -> Optional.of(of(field));
            case IdentityException identity -> Optional.of(of(identity));
            default -> Optional.empty();
          };
        }

        @Override
        public Reply unavailable() {
          return UNAVAILABLE.reply().with("Retry-After", "1");
        }

        @Override
        public Reply broken() {
          return INTERNAL.reply();
        }
      };

  private static Reply of(IdentityException fault) {
    return fault.error().reply(String.valueOf(fault.getMessage()), fault.field());
  }

  private static Reply of(InvalidFieldException fault) {
    return switch (fault.kind()) {
      case MISSING -> MISSING_FIELD.reply(fault.description(), fault.field());
      case BLANK, MALFORMED, OUT_OF_RANGE ->
          INVALID_FIELD.reply(fault.description(), fault.field());
    };
  }
}
