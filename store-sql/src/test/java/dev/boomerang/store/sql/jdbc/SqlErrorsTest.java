// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.store.sql.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boomerang.port.StoreFailure;
import java.net.SocketTimeoutException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SqlErrorsTest {

  @ParameterizedTest
  @CsvSource({
    "53100, FULL",
    "58030, IO",
    "25006, READ_ONLY",
    "08006, CONNECTION",
    "57P01, CONNECTION",
    "53300, CONNECTION",
    "28P01, CONNECTION",
    "57014, TIMEOUT",
    "55P03, TIMEOUT",
    "23505, OTHER",
    "42601, OTHER"
  })
  void stateOfPostgres_isToldAs(String state, StoreFailure failure) {
    assertThat(SqlErrors.failureOf(new SQLException("", state))).isEqualTo(failure);
  }

  @ParameterizedTest
  @CsvSource({
    "13, FULL",
    "10, IO",
    "11, IO",
    "8, READ_ONLY",
    "14, CONNECTION",
    "5, TIMEOUT",
    "19, OTHER"
  })
  void numberOfSqlite_isToldAs(int code, StoreFailure failure) {
    assertThat(SqlErrors.failureOf(new SQLException("", null, code))).isEqualTo(failure);
  }

  @Test
  void serverThatIsSilent_isTimeout_whateverItsState() {
    assertThat(
            SqlErrors.failureOf(
                new SQLException("", "08006", new SocketTimeoutException("silent"))))
        .isEqualTo(StoreFailure.TIMEOUT);
  }

  @Test
  void poolWithoutAConnection_isConnection() {
    assertThat(SqlErrors.failureOf(new SQLTransientConnectionException("none is free")))
        .isEqualTo(StoreFailure.CONNECTION);
  }

  @Test
  void whatIsNotOfTheDatabase_isOther() {
    assertThat(SqlErrors.failureOf(new IllegalStateException())).isEqualTo(StoreFailure.OTHER);
  }
}
