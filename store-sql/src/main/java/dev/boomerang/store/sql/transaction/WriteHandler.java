// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.store.sql.transaction;

import dev.boomerang.store.sql.jdbc.SqlSession;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// A kind of write, done for many callers in one transaction.
@FunctionalInterface
public interface WriteHandler<C, R> {

  /// Carries out the commands and answers each, in order. What it does to the database may be
  /// rolled back and done again; what it answers is told to the callers only after the commit.
  List<R> handle(SqlSession session, List<C> commands) throws SQLException;

  /// A write that gains nothing from company.
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
