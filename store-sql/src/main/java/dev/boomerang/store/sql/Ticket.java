// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.store.sql;

import dev.boomerang.port.IllFormedTextException;
import dev.boomerang.port.StoreException;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/// One caller's command on its way through the [Writer].
final class Ticket<C, R> {
  private final Write<C, R> write;
  private final C command;
  private final int weight;
  private final CompletableFuture<R> answer = new CompletableFuture<>();

  Ticket(Write<C, R> write, C command, int weight) {
    this.write = write;
    this.command = command;
    this.weight = weight;
  }

  Write<C, R> write() {
    return write;
  }

  /// About how many rows it touches.
  int weight() {
    return weight;
  }

  /// Waits, whatever interrupts: a write under way has a fate, and the caller must learn it.
  R await() {
    try {
      return answer.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof IllFormedTextException cause) {
        throw cause;
      }
      throw exceptionOf(e.getCause() == null ? e : e.getCause());
    }
  }

  private static StoreException exceptionOf(Throwable fault) {
    var failure = Faults.failureOf(fault);
    String message = "the write failed: " + fault.getMessage();
    return fault instanceof Transactions.UnknownOutcome
        ? StoreException.ofUnknownOutcome(failure, message, fault)
        : new StoreException(failure, message, fault);
  }

  void fail(Throwable fault) {
    answer.completeExceptionally(fault);
  }

  /// Carries out tickets that share one [Write]. Returns what answers them once all is committed.
  static <C, R> Runnable run(Session session, List<Ticket<C, R>> tickets) throws SQLException {
    List<R> answers =
        tickets
            .getFirst()
            .write
            .run(session, tickets.stream().map(ticket -> ticket.command).toList());
    return () -> {
      for (int i = 0; i < tickets.size(); i++) {
        tickets.get(i).answer.complete(answers.get(i));
      }
    };
  }
}
