// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.kit.contract.failure;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/// Wraps JDBC connections so that they fail on purpose, at the n-th statement or commit of all of
/// them together.
public final class FaultyConnections implements UnaryOperator<Connection> {

  /// Says what a failing step does before it throws.
  public enum Fault {
    /// The step does nothing.
    BEFORE,
    /// The step does all of its work: only the answer is lost.
    AFTER,
    /// The transaction is rolled back, as SQLite does by itself when the disk is full.
    ROLLED_BACK
  }

  private final Supplier<SQLException> exceptions;
  private Fault fault = Fault.BEFORE;
  private int stepsBefore;
  private int failuresLeft;
  private int failed;
  private boolean rollbacksFail;

  /// `exceptions` makes what is thrown.
  public FaultyConnections(Supplier<SQLException> exceptions) {
    this.exceptions = exceptions;
  }

  /// Fails `times` steps, from the n-th on, which is 1 for the next.
  public synchronized void failAt(int n, Fault how, int times) {
    fault = how;
    stepsBefore = n - 1;
    failuresLeft = times;
    failed = 0;
  }

  /// Sets whether what would undo a transaction fails too.
  public synchronized void failRollbacks(boolean fail) {
    rollbacksFail = fail;
  }

  /// Fails nothing more. Returns how many steps have failed.
  public synchronized int heal() {
    failuresLeft = 0;
    rollbacksFail = false;
    return failed;
  }

  private synchronized boolean isNext() {
    if (failuresLeft == 0 || stepsBefore-- > 0) {
      return false;
    }
    failuresLeft--;
    failed++;
    return true;
  }

  private synchronized boolean rollbackFails() {
    return rollbacksFail;
  }

  @Override
  public Connection apply(Connection connection) {
    return proxy(
        Connection.class,
        (method, arguments) ->
            switch (method.getName()) {
              case "prepareStatement" ->
                  statement(
                      PreparedStatement.class,
                      connection,
                      (Statement) call(connection, method, arguments),
                      (String) arguments[0]);
              case "createStatement" ->
                  statement(
                      Statement.class,
                      connection,
                      (Statement) call(connection, method, arguments),
                      "");
              case "commit" -> step(connection, () -> call(connection, method, arguments));
              case "rollback" -> undo(() -> call(connection, method, arguments));
              default -> call(connection, method, arguments);
            });
  }

  private Statement statement(
      Class<? extends Statement> type, Connection connection, Statement behind, String sql) {
    return proxy(
        type,
        (method, arguments) -> {
          if (!method.getName().startsWith("execute")) {
            return call(behind, method, arguments);
          }
          String text = sql.isEmpty() ? (String) arguments[0] : sql;
          return text.startsWith("ROLLBACK")
              ? undo(() -> call(behind, method, arguments))
              : step(connection, () -> call(behind, method, arguments));
        });
  }

  private Object step(Connection connection, Action action) throws Throwable {
    if (!isNext()) {
      return action.run();
    }
    switch (fault) {
      case BEFORE -> {}
      case AFTER -> action.run();
      case ROLLED_BACK -> {
        try (Statement rollback = connection.createStatement()) {
          rollback.execute("ROLLBACK");
        } catch (SQLException _) {
          // There was nothing to roll back.
        }
      }
    }
    throw exceptions.get();
  }

  private Object undo(Action action) throws Throwable {
    if (rollbackFails()) {
      throw new SQLException("the rollback failed too");
    }
    return action.run();
  }

  private interface Action {
    Object run() throws Throwable;
  }

  private interface Answer {
    Object to(Method method, Object[] arguments) throws Throwable;
  }

  private static <T> T proxy(Class<T> type, Answer answer) {
    return type.cast(
        Proxy.newProxyInstance(
            FaultyConnections.class.getClassLoader(),
            new Class<?>[] {type},
            (_, method, arguments) -> answer.to(method, arguments)));
  }

  private static Object call(Object target, Method method, Object[] arguments) throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
