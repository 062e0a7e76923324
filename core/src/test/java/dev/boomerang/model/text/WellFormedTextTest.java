// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.model.text;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WellFormedTextTest {
  @ParameterizedTest
  @ValueSource(
      strings = {"", "a", "通知", "\ud83d\ude00", "\u0001\r\n\u007f", "\ufffe\uffff\ufeff", "\ufffd"})
  void unicode_isText(String text) {
    assertThat(WellFormedText.problem(text)).isEmpty();
    assertThat(WellFormedText.visible(text)).isEqualTo(text);
    assertThat(WellFormedText.repaired(text)).isEqualTo(text);
    assertThat(WellFormedText.decode(text.getBytes(UTF_8))).isEqualTo(text);
    assertThat(WellFormedText.isUtf8(text.getBytes(UTF_8))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"\0", "a\0", "\ud800", "a\udc00", "\ud83dx\ude00", "\ude00\ud83d", "x\ud83d"})
  void zeroAndHalves_areNone_andCanBeShown(String text) {
    assertThat(WellFormedText.is(text)).isFalse();
    assertThat(WellFormedText.visible(text)).contains("\\u").matches(WellFormedText::is);
    assertThat(WellFormedText.repaired(text)).contains("\ufffd").matches(WellFormedText::is);
  }

  /// Cut short, too long for what it says, half of a pair, beyond the last plane, no beginning.
  @ParameterizedTest
  @ValueSource(strings = {"e4bd", "c080", "c1bf", "eda080", "edb080", "f4908080", "80", "ff41"})
  void bytesThatAreNotUtf8_makeATextThatIsNone(String hex) {
    byte[] bytes = HexFormat.of().parseHex("61" + hex + "62");

    assertThat(WellFormedText.isUtf8(bytes)).isFalse();
    assertThat(WellFormedText.is(WellFormedText.decode(bytes))).isFalse();
    assertThat(WellFormedText.decode(bytes)).startsWith("a").endsWith("b");
  }

  @Test
  void problem_saysWhatAndWhere() {
    assertThat(WellFormedText.problem("ab\0")).contains("must not contain U+0000");
    assertThat(WellFormedText.problem("ab\ud83d"))
        .hasValueSatisfying(problem -> assertThat(problem).endsWith("half a character at 2"));
  }
}
