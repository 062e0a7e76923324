// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.kit.promises;

import dev.boomerang.port.Store;
import dev.boomerang.port.StoreException;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicBoolean;

/// A store as one process sees it: once the process is killed, its calls no longer reach anything.
final class Mortal {
  private final AtomicBoolean dead = new AtomicBoolean();
  private final Store view;

  Mortal(Store store) {
    this.view = mortal(Store.class, store);
  }

  Store store() {
    return view;
  }

  void kill() {
    dead.set(true);
  }

  private <T> T mortal(Class<T> port, Object behind) {
    return port.cast(
        Proxy.newProxyInstance(
            port.getClassLoader(),
            new Class<?>[] {port},
            (_, method, arguments) -> {
              if (dead.get()) {
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

  private static boolean isPort(Class<?> type) {
    return type.isInterface()
        && !type.isSealed()
        && type.getName().startsWith(Store.class.getPackageName());
  }
}
