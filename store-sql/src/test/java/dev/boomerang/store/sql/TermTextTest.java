// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.store.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class TermTextTest {

  @Test
  void value_isKept_asFarAsItFitsAKey() {
    assertThat(TermText.of('t', "vip")).isEqualTo("t:vip");
    assertThat(TermText.of('t', "x".repeat(1_024))).hasSize(1_026);
    assertThat(TermText.of('t', "x".repeat(1_025))).startsWith("t#").hasSize(66);
  }

  @Test
  void length_isOfBytes() {
    assertThat(TermText.of('t', "龥".repeat(341))).startsWith("t:");
    assertThat(TermText.of('t', "龥".repeat(342))).startsWith("t#");
  }

  @Test
  void noValue_isMistakenForAHash() {
    String longValue = "x".repeat(5_000);
    String hashed = TermText.of('t', longValue);

    assertThat(TermText.of('t', hashed.substring(1))).isNotEqualTo(hashed);
    assertThat(TermText.of('t', hashed.substring(2))).isNotEqualTo(hashed);
    assertThat(TermText.of('v', longValue)).isNotEqualTo(hashed);
  }

  @Test
  void twoValues_areToldApart_whereverTheFirstEnds() {
    assertThat(TermText.of('v', "a\nb", "c")).isNotEqualTo(TermText.of('v', "a", "b\nc"));
    assertThat(TermText.of('v', "1", ":a")).isNotEqualTo(TermText.of('v', "1:", "a"));
    assertThat(TermText.of('v', "", "1:a")).isNotEqualTo(TermText.of('v', "1:a", ""));
    assertThat(TermText.of('v', "a", "b".repeat(3_000)).getBytes(StandardCharsets.UTF_8))
        .hasSizeLessThan(100);
  }
}
