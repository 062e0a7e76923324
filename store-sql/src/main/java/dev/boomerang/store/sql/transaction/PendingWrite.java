// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.store.sql.transaction;

import dev.boomerang.port.IllFormedTextException;
import dev.boomerang.port.StoreException;
import dev.boomerang.store.sql.jdbc.SqlErrors;
import dev.boomerang.store.sql.jdbc.SqlSession;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/// Holds one caller's command on its way through the [Writer].
final class PendingWrite<C, R> {
  private final WriteHandler<C, R> writeHandler;
  private final C command;
  private final int weight;
  private final CompletableFuture<R> answer = new CompletableFuture<>();

  PendingWrite(WriteHandler<C, R> writeHandler, C command, int weight) {
    this.writeHandler = writeHandler;
    this.command = command;
    this.weight = weight;
  }

  WriteHandler<C, R> writeHandler() {
    return writeHandler;
  }

  /// Returns about how many rows it touches.
  int weight() {
    return weight;
  }

  /// Waits in spite of interrupts: a write under way has an outcome, and the caller must learn it.
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
    var failure = SqlErrors.failureOf(fault);
    String message = "the write failed: " + fault.getMessage();
    return fault instanceof Transactions.UnknownOutcomeException
        ? StoreException.ofUnknownOutcome(failure, message, fault)
        : new StoreException(failure, message, fault);
  }

  void fail(Throwable fault) {
    answer.completeExceptionally(fault);
  }

  /// Handles writes that share one [WriteHandler]. Returns what answers them once all is committed.
  static <C, R> Runnable run(SqlSession session, List<PendingWrite<C, R>> pendingWrites)
      throws SQLException {
    List<R> answers =
        pendingWrites
            .getFirst()
            .writeHandler
            .handle(
                session, pendingWrites.stream().map(pendingWrite -> pendingWrite.command).toList());
    return () -> {
      for (int i = 0; i < pendingWrites.size(); i++) {
        pendingWrites.get(i).answer.complete(answers.get(i));
      }
    };
  }
}
