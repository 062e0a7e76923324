// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.gateway.login;

import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;

/// Runs the checks of credentials on virtual threads, at most so many at once. Checks that wait are
/// taken by address in turn, one of each: an address that floods the server waits for itself, and
/// the load on the store is bounded.
public final class LoginQueue {
  private final int concurrent;
  private final Map<Object, Queue<Runnable>> waiting = new LinkedHashMap<>();
  private int running;

  public LoginQueue(int concurrent) {
    this.concurrent = concurrent;
  }

  /// Runs the check now or in its turn. From any thread; does not block.
  public void submit(Object address, Runnable check) {
    if (begins(address, check)) {
      start(check);
    }
  }

  private synchronized boolean begins(Object address, Runnable check) {
    if (running < concurrent) {
      running++;
      return true;
    }
    waiting.computeIfAbsent(address, _ -> new ArrayDeque<>()).add(check);
    return false;
  }

  private void start(Runnable check) {
    Thread.ofVirtual()
        .name("login")
        .start(
            () -> {
              try {
                check.run();
              } finally {
                next().ifPresent(this::start);
              }
            });
  }

  private synchronized Optional<Runnable> next() {
    if (waiting.isEmpty()) {
      running--;
      return Optional.empty();
    }
    Map.Entry<Object, Queue<Runnable>> first = waiting.entrySet().iterator().next();
    Object address = first.getKey();
    Queue<Runnable> checks = first.getValue();
    Runnable check = checks.remove();
    waiting.remove(address);
    if (!checks.isEmpty()) {
      waiting.put(address, checks); // behind all others
    }
    return Optional.of(check);
  }
}
