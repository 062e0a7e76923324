// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.kit;

import dev.boomerang.memory.MemoryStore;
import dev.boomerang.port.Store;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Optional;

/// A store that can be made to break; apps and their keys are found all the same.
public final class Frail {
  private final MemoryStore whole = new MemoryStore();
  private volatile Optional<RuntimeException> fault = Optional.empty();

  public void breakWith(RuntimeException newFault) {
    fault = Optional.of(newFault);
  }

  public void heal() {
    fault = Optional.empty();
  }

  public Store store() {
    return (Store) proxy(Store.class, (method, args) -> part(method, call(whole, method, args)));
  }

  private Object part(Method method, Object part) {
    Class<?> type = method.getReturnType();
    return type.isInterface() && !method.getName().equals("apps")
        ? proxy(
            type,
            (asked, args) -> {
              fault.ifPresent(
                  broken -> {
                    throw broken;
                  });
              return call(part, asked, args);
            })
        : part;
  }

  private interface Answer {
    Object to(Method method, Object[] args) throws Throwable;
  }

  private static Object proxy(Class<?> type, Answer answer) {
    return Proxy.newProxyInstance(
        Frail.class.getClassLoader(),
        new Class<?>[] {type},
        (_, method, args) -> answer.to(method, args));
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
