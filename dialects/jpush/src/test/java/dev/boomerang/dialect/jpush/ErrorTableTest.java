// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.jpush;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boomerang.dialect.jpush.base.JpushError;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ErrorTableTest {

  /// Source: JPush "REST API v3: push, device, report, schedule", return codes.
  @ParameterizedTest
  @CsvSource({
    "404, 404",
    "1000, 500",
    "1001, 405",
    "1002, 400",
    "1003, 400",
    "1004, 401",
    "1005, 400",
    "1008, 400",
    "1009, 400",
    "1011, 400",
    "1012, 400",
    "1020, 404",
    "1030, 503",
    "1035, 400",
    "1105, 403",
    "2002, 429",
    "2003, 403",
    "2004, 403",
    "2005, 403",
    "2006, 403",
    "2007, 403",
    "2008, 403",
    "7000, 500",
    "7001, 401",
    "7002, 400",
    "7004, 401",
    "7008, 400",
    "7013, 400",
    "7015, 400",
    "7030, 503",
    "10, 500",
    "3001, 401",
    "3002, 400",
    "3004, 400",
    "3005, 400",
    "8100, 400",
    "8101, 401",
    "8104, 404",
    "8200, 500",
    "8203, 503"
  })
  void code_isInTheTable_withItsStatus(String code, int status) {
    List<JpushError> rows =
        Arrays.stream(JpushError.values()).filter(row -> row.code().equals(code)).toList();

    assertThat(rows).isNotEmpty().allMatch(row -> row.status() == status);
  }

  /// 2003 means one thing to pushes and another to reports.
  @Test
  void code_isThereOnce_but2003() {
    var counts =
        Arrays.stream(JpushError.values())
            .collect(Collectors.groupingBy(JpushError::code, Collectors.counting()));

    assertThat(counts.remove("2003")).isEqualTo(2);
    assertThat(counts.values()).containsOnly(1L);
  }

  @Test
  void everyRow_hasAText() {
    assertThat(JpushError.values()).noneMatch(row -> row.text().isBlank());
  }
}
