// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.store.sql.jdbc;

import dev.boomerang.port.StoreFailure;
import java.net.SocketTimeoutException;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransientConnectionException;

/// Classifies a database's error codes. They are the SQL standard's and PostgreSQL's; SQLite gives
/// numbers of its own instead. Sources: PostgreSQL, "Appendix A. PostgreSQL Error Codes"; SQLite,
/// "Result and Error Codes".
public final class SqlErrors {
  private SqlErrors() {}

  /// Returns whether another transaction was in the way. Repeated, this one will see what that one
  /// did.
  public static boolean isConflict(SQLException fault) {
    String state = stateOf(fault);
    return state.equals("40001") || state.equals("40P01") || state.equals("23505");
  }

  /// Returns the kind of failure that an operator has to remedy.
  public static StoreFailure failureOf(Throwable thrown) {
    return thrown instanceof SQLException fault ? failureOf(fault) : StoreFailure.OTHER;
  }

  private static StoreFailure failureOf(SQLException fault) {
    if (fault instanceof SQLTimeoutException || isOfSilence(fault)) {
      return StoreFailure.TIMEOUT;
    }
    String state = stateOf(fault);
    return state.isEmpty() ? ofNumber(fault) : ofState(state);
  }

  private static boolean isOfSilence(Throwable fault) {
    for (Throwable cause = fault.getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof SocketTimeoutException) {
        return true;
      }
    }
    return false;
  }

  private static StoreFailure ofState(String state) {
    return switch (state) {
      case "53100" -> StoreFailure.FULL;
      case "58030", "58P01" -> StoreFailure.IO;
      case "25006" -> StoreFailure.READ_ONLY;
      case "57014", "55P03", "25P03", "25P04" -> StoreFailure.TIMEOUT;
      case "53300", "3D000", "57P01", "57P02", "57P03", "57P05" -> StoreFailure.CONNECTION;
      default ->
          state.startsWith("08") || state.startsWith("28")
              ? StoreFailure.CONNECTION
              : StoreFailure.OTHER;
    };
  }

  private static StoreFailure ofNumber(SQLException fault) {
    return switch (fault.getErrorCode()) {
      case 13 -> StoreFailure.FULL;
      case 10, 11, 26 -> StoreFailure.IO;
      case 8 -> StoreFailure.READ_ONLY;
      case 14 -> StoreFailure.CONNECTION;
      case 5, 6 -> StoreFailure.TIMEOUT;
      default ->
          fault instanceof SQLTransientConnectionException
              ? StoreFailure.CONNECTION
              : StoreFailure.OTHER;
    };
  }

  private static String stateOf(SQLException fault) {
    String state = fault.getSQLState();
    return state == null ? "" : state;
  }
}
