// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.kit.memory;

import dev.boomerang.port.IllFormedTextException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Puts a check before every method of a port: no text in its arguments, however deep in records
/// and collections, may be ill-formed. The SQL stores check what they bind; a store that binds
/// nothing has this.
final class CheckedTexts {
  private static final ClassValue<List<Method>> ACCESSORS =
      new ClassValue<>() {
        @Override
        protected List<Method> computeValue(Class<?> type) {
          return Arrays.stream(type.getRecordComponents())
              .filter(component -> !component.getType().isPrimitive())
              .map(CheckedTexts::accessor)
              .toList();
        }
      };

  private CheckedTexts() {}

  static <T> T over(Class<T> port, T store) {
    return port.cast(
        Proxy.newProxyInstance(
            port.getClassLoader(),
            new Class<?>[] {port},
            (_, method, arguments) -> {
              if (arguments != null) {
                for (Object argument : arguments) {
                  check(argument);
                }
              }
              return call(method, store, arguments);
            }));
  }

  private static Object call(Method method, Object store, Object[] arguments) throws Throwable {
    try {
      return method.invoke(store, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause() == null ? e : e.getCause();
    }
  }

  private static void check(Object value) {
    switch (value) {
      case String text -> IllFormedTextException.check(text);
      case Record record ->
          ACCESSORS.get(record.getClass()).forEach(part -> check(part(part, record)));
      case Iterable<?> many -> many.forEach(CheckedTexts::check);
      case Map<?, ?> map -> {
        map.keySet().forEach(CheckedTexts::check);
        map.values().forEach(CheckedTexts::check);
      }
      case Optional<?> maybe -> maybe.ifPresent(CheckedTexts::check);
      case Object _ -> {}
    }
  }

  private static Object part(Method accessor, Record record) {
    try {
      return accessor.invoke(record);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Method accessor(RecordComponent component) {
    Method accessor = component.getAccessor();
    accessor.setAccessible(true);
    return accessor;
  }
}
