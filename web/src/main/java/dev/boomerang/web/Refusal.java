// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.web;

import dev.boomerang.web.http.Reply;
import dev.boomerang.web.limit.MemoryExceededException;
import java.util.SortedSet;

/// Says why a request is refused before, or instead of, its endpoint's own answer. A [Dialect]
/// makes the reply; [#status] is the HTTP status, and [#code] and [#message] are used where no
/// dialect answers.
public sealed interface Refusal {
  /// Returns the refusal of a call that needs more memory than it may have.
  static Refusal of(MemoryExceededException e) {
    return e.isTooLarge()
        ? new TooLarge("what the request unpacks to is too large")
        : new Overloaded();
  }

  int status();

  String code();

  String message();

  /// There is nothing at this path.
  record UnknownPath() implements Refusal {
    @Override
    public int status() {
      return 404;
    }

    @Override
    public String code() {
      return "not-found";
    }

    @Override
    public String message() {
      return "there is nothing at this path";
    }
  }

  /// The path takes `allowed`, and not `method`.
  record WrongMethod(String method, SortedSet<String> allowed) implements Refusal {
    @Override
    public int status() {
      return 405;
    }

    @Override
    public String code() {
      return "method-not-allowed";
    }

    @Override
    public String message() {
      return "this path does not take " + method;
    }
  }

  /// The bytes are no HTTP request. `status` is 400, 414 for a request line that is too long or 431
  /// for headers that are.
  record Malformed(int status) implements Refusal {
    @Override
    public String code() {
      return "malformed-request";
    }

    @Override
    public String message() {
      return switch (status) {
        case 414 -> "the request line is too long";
        case 431 -> "the headers are too long";
        default -> "this is no HTTP request";
      };
    }
  }

  /// The body, or what becomes of it, is larger than a single call may have. `what` says which
  /// limit.
  record TooLarge(String what) implements Refusal {
    @Override
    public int status() {
      return 413;
    }

    @Override
    public String code() {
      return "body-too-large";
    }

    @Override
    public String message() {
      return what;
    }
  }

  /// The request did not arrive in its time.
  record TooSlow() implements Refusal {
    @Override
    public int status() {
      return 408;
    }

    @Override
    public String code() {
      return "request-timeout";
    }

    @Override
    public String message() {
      return "the request did not arrive in time";
    }
  }

  /// Too much is under way, here or for this caller. Nothing was done.
  record Overloaded() implements Refusal {
    @Override
    public int status() {
      return 503;
    }

    @Override
    public String code() {
      return "too-busy";
    }

    @Override
    public String message() {
      return "too many calls at once, try again";
    }
  }

  /// The call was begun and did not end in its time.
  record TimedOut() implements Refusal {
    @Override
    public int status() {
      return 503;
    }

    @Override
    public String code() {
      return "timeout";
    }

    @Override
    public String message() {
      return "the call took too long; it may still take effect";
    }
  }

  /// The server failed; the failure is logged under `requestId`.
  record Failed(String requestId) implements Refusal {
    @Override
    public int status() {
      return 500;
    }

    @Override
    public String code() {
      return "internal-error";
    }

    @Override
    public String message() {
      return "this is our fault; it is logged as request " + requestId;
    }
  }

  /// Returns the reply for paths that no dialect owns.
  default Reply plain() {
    return ApiError.of(status(), code(), message());
  }

  /// Adds the headers that the status requires to a reply of any dialect.
  default Reply withHeaders(Reply reply) {
    return switch (this) {
      case WrongMethod(var _, var allowed) -> reply.withAllow(allowed);
      case Overloaded _, TimedOut _ -> reply.withMissing("Retry-After", "1");
      case TooSlow _, Malformed _ -> reply.withMissing("Connection", "close");
      case Failed(var id) -> reply.withMissing("X-Request-Id", id);
      case UnknownPath _, TooLarge _ -> reply;
    };
  }
}
