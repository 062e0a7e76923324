// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.kit;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.function.IntFunction;

/// Many threads that begin the same thing at the same moment.
public final class Race {
  private Race() {}

  /// Runs `racer` with 0 up to `count - 1`, each on its own thread; returns what they got, in that
  /// order.
  public static <T> List<T> among(int count, IntFunction<T> racer) {
    var start = new CountDownLatch(1);
    var runs = new ArrayList<FutureTask<T>>(count);
    for (int i = 0; i < count; i++) {
      int number = i;
      var run =
          new FutureTask<>(
              () -> {
                start.await();
                return racer.apply(number);
              });
      runs.add(run);
      Thread.startVirtualThread(run);
    }
    start.countDown();
    return runs.stream().map(Race::result).toList();
  }

  private static <T> T result(FutureTask<T> run) {
    try {
      return run.get();
    } catch (Exception e) {
      throw new AssertionError("a racer fell", e);
    }
  }
}
