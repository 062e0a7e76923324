// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.store.sql.registration;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class IndexTermTest {

  @Test
  void value_isKept_asFarAsItFitsAKey() {
    assertThat(IndexTerm.encode('t', "vip")).isEqualTo("t:vip");
    assertThat(IndexTerm.encode('t', "x".repeat(1_024))).hasSize(1_026);
    assertThat(IndexTerm.encode('t', "x".repeat(1_025))).startsWith("t#").hasSize(66);
  }

  @Test
  void length_isOfBytes() {
    assertThat(IndexTerm.encode('t', "龥".repeat(341))).startsWith("t:");
    assertThat(IndexTerm.encode('t', "龥".repeat(342))).startsWith("t#");
  }

  @Test
  void noValue_isMistakenForAHash() {
    String longValue = "x".repeat(5_000);
    String hashed = IndexTerm.encode('t', longValue);

    assertThat(IndexTerm.encode('t', hashed.substring(1))).isNotEqualTo(hashed);
    assertThat(IndexTerm.encode('t', hashed.substring(2))).isNotEqualTo(hashed);
    assertThat(IndexTerm.encode('v', longValue)).isNotEqualTo(hashed);
  }

  @Test
  void twoValues_areToldApart_whereverTheFirstEnds() {
    assertThat(IndexTerm.encode('v', "a\nb", "c")).isNotEqualTo(IndexTerm.encode('v', "a", "b\nc"));
    assertThat(IndexTerm.encode('v', "1", ":a")).isNotEqualTo(IndexTerm.encode('v', "1:", "a"));
    assertThat(IndexTerm.encode('v', "", "1:a")).isNotEqualTo(IndexTerm.encode('v', "1:a", ""));
    assertThat(IndexTerm.encode('v', "a", "b".repeat(3_000)).getBytes(StandardCharsets.UTF_8))
        .hasSizeLessThan(100);
  }
}
