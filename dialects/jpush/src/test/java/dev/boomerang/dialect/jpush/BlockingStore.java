// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.jpush;

import dev.boomerang.kit.memory.MemoryStore;
import dev.boomerang.model.app.AppId;
import dev.boomerang.port.Store;
import dev.boomerang.port.TaskStore;
import dev.boomerang.port.TaskStore.Acceptance;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/// A store in memory in which the pushes of one app are not accepted before they are let go.
final class BlockingStore {
  private final MemoryStore whole = new MemoryStore();
  private final AppId app;
  private final CountDownLatch held = new CountDownLatch(1);
  private final CountDownLatch gone = new CountDownLatch(1);

  BlockingStore(AppId app) {
    this.app = app;
  }

  Store store() {
    return proxy(
        Store.class,
        (method, args) -> {
          Object part = call(whole, method, args);
          return part instanceof TaskStore tasks ? holding(tasks) : part;
        });
  }

  private TaskStore holding(TaskStore tasks) {
    return proxy(
        TaskStore.class,
        (method, args) -> {
          if (method.getName().equals("acceptAll")
              && args[0] instanceof List<?> acceptances
              && acceptances.stream().anyMatch(it -> ((Acceptance) it).task().app().equals(app))) {
            held.countDown();
            gone.await();
          }
          return call(tasks, method, args);
        });
  }

  /// Returns once a push waits.
  void awaitBlocked() throws InterruptedException {
    held.await();
  }

  void release() {
    gone.countDown();
  }

  private interface Answer {
    Object to(Method method, Object[] args) throws Throwable;
  }

  private static <T> T proxy(Class<T> type, Answer answer) {
    return type.cast(
        Proxy.newProxyInstance(
            BlockingStore.class.getClassLoader(),
            new Class<?>[] {type},
            (_, method, args) -> answer.to(method, args)));
  }

  private static Object call(Object target, Method method, Object[] args) throws Throwable {
    try {
      method.setAccessible(true);
      return method.invoke(target, args);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
