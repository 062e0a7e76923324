// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.web;

import dev.boomerang.web.http.Call;
import dev.boomerang.web.http.Reply;
import java.util.function.Supplier;

/// Looks who calls before the body of a call is read. It is asked where a body is long, or of
/// unknown length, so that who has no key cannot make the server hold one; the endpoint itself
/// looks again. May block.
public interface HeadAuthenticator {
  /// Leaves it to the body to authenticate the call.
  HeadAuthenticator NONE = _ -> new HeadResult.Undecided();

  HeadResult check(Call head);

  /// Tells what the head of a call says of its caller.
  sealed interface HeadResult {
    /// `account` names the caller to whom what the call uses is charged.
    record Authenticated(String account) implements HeadResult {}

    /// The head does not say; the body does.
    record Undecided() implements HeadResult {}

    record Refused(Reply reply) implements HeadResult {}

    /// Checks, and turns exceptions into the dialect's replies. `what` is the call's name in the
    /// log.
    static HeadResult guarded(ErrorHandler<Reply> faults, String what, Supplier<HeadResult> look) {
      try {
        return look.get();
      } catch (RuntimeException e) {
        return new Refused(
            faults.handle(
                what,
                () -> {
                  throw e;
                }));
      }
    }
  }
}
