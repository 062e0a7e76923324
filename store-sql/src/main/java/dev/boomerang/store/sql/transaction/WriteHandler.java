// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.store.sql.transaction;

import dev.boomerang.store.sql.jdbc.SqlSession;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// Handles the commands of many callers in one transaction.
@FunctionalInterface
public interface WriteHandler<C, R> {

  /// Handles the commands and returns a result for each, in order. Its changes may be rolled back
  /// and repeated; callers get the results only after the commit.
  List<R> handle(SqlSession session, List<C> commands) throws SQLException;

  /// Returns a handler that handles commands one by one.
  static <C, R> WriteHandler<C, R> each(Single<C, R> single) {
    return (session, commands) -> {
      var answers = new ArrayList<R>(commands.size());
      for (C command : commands) {
        answers.add(single.handle(session, command));
      }
      return answers;
    };
  }

  @FunctionalInterface
  public interface Single<C, R> {
    R handle(SqlSession session, C command) throws SQLException;
  }
}
