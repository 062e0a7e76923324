// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.web;

import dev.boomerang.port.StoreException;
import dev.boomerang.web.limit.MemoryExceededException;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.function.Supplier;

/// Turns what goes wrong into replies, in one place per dialect. `R` is what the dialect answers
/// with.
public interface ErrorHandler<R> {

  /// Returns the reply to a caller's mistake; empty if `fault` is none.
  Optional<R> refused(RuntimeException fault);

  /// Returns the reply when the store gives no answer: the call may be sent again as it stands.
  R unavailable();

  /// Returns the reply to a fault of our own: clients read no other shape than the dialect's.
  R broken();

  /// Answers a call. `what` says in the log which one it was, without anything secret.
  default R handle(String what, Supplier<R> call) {
    try {
      return call.get();
    } catch (MemoryExceededException e) {
      // The server answers it, as it does a call that is too large before it gets here.
      throw e;
    } catch (StoreException e) {
      // An outage is in the log once, from the store itself; the rest is ours to explain.
      System.getLogger(ErrorHandler.class.getName())
          .log(e.failure().logLevel(), "event=store-gives-no-answer call=" + what, e);
      return unavailable();
    } catch (RuntimeException e) {
      return refused(e)
          .orElseGet(
              () -> {
                System.getLogger(ErrorHandler.class.getName())
                    .log(Level.ERROR, "event=call-failed call=" + what, e);
                return broken();
              });
    }
  }

  /// Answers a part of a call that others of its parts do not depend on. What is no fault of the
  /// caller's is the whole call's.
  default R handlePart(Supplier<R> step) {
    try {
      return step.get();
    } catch (RuntimeException e) {
      return refused(e).orElseThrow(() -> e);
    }
  }
}
