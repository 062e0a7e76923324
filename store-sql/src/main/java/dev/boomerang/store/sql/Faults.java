// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.store.sql;

import java.sql.SQLException;

/// What a database's error code asks for. The codes are the SQL standard's and PostgreSQL's; SQLite
/// gives none. Source: PostgreSQL, "Appendix A. PostgreSQL Error Codes".
final class Faults {
  private Faults() {}

  /// Another transaction was in the way. Done again, this one will see what that one did.
  static boolean isRace(SQLException fault) {
    String state = stateOf(fault);
    return state.equals("40001") || state.equals("40P01") || state.equals("23505");
  }

  /// The database is out of reach: no use in asking again for each caller.
  static boolean isOutage(SQLException fault) {
    String state = stateOf(fault);
    return state.startsWith("08") || state.startsWith("57P") || state.startsWith("53");
  }

  private static String stateOf(SQLException fault) {
    String state = fault.getSQLState();
    return state == null ? "" : state;
  }
}
