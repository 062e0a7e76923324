// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.store.sql;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// A kind of write, done for many callers in one transaction.
@FunctionalInterface
interface Write<C, R> {

  /// Carries out the commands and answers each, in order. What it does to the database may be
  /// rolled back and done again; what it answers is told to the callers only after the commit.
  List<R> run(Session session, List<C> commands) throws SQLException;

  /// A write that gains nothing from company.
  static <C, R> Write<C, R> each(One<C, R> one) {
    return (session, commands) -> {
      var answers = new ArrayList<R>(commands.size());
      for (C command : commands) {
        answers.add(one.run(session, command));
      }
      return answers;
    };
  }

  @FunctionalInterface
  interface One<C, R> {
    R run(Session session, C command) throws SQLException;
  }
}
