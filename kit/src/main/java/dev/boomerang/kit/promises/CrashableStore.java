// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.kit.promises;

import dev.boomerang.port.Store;
import dev.boomerang.port.StoreException;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicInteger;

/// Wraps a store as one process sees it: once the process is killed, its calls no longer reach
/// anything.
final class CrashableStore {
  private final AtomicInteger callsLeft = new AtomicInteger(Integer.MAX_VALUE);
  private final Store view;

  CrashableStore(Store store) {
    this.view = mortal(Store.class, store);
  }

  Store store() {
    return view;
  }

  void kill() {
    callsLeft.set(0);
  }

  /// Dies after so many more calls of the store.
  void killAfter(int calls) {
    callsLeft.set(calls);
  }

  private <T> T mortal(Class<T> port, Object behind) {
    return port.cast(
        Proxy.newProxyInstance(
            port.getClassLoader(),
            new Class<?>[] {port},
            (_, method, arguments) -> {
              if (!isPort(method.getReturnType()) && callsLeft.getAndDecrement() <= 0) {
                throw new StoreException("killed", new IOException("killed"));
              }
              try {
                Object result = method.invoke(behind, arguments);
                return isPort(method.getReturnType())
                    ? mortal(method.getReturnType(), result)
                    : result;
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            }));
  }

  /// Returns whether the type is a part of the store. A port's own results, such as a registration
  /// set, are none.
  private static boolean isPort(Class<?> type) {
    return type.isInterface()
        && !type.isMemberClass()
        && type.getName().startsWith(Store.class.getPackageName());
  }
}
