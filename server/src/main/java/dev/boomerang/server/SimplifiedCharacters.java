// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.server;

import com.github.houbb.opencc4j.util.ZhConverterUtil;
import com.github.houbb.opencc4j.util.ZhHkConverterUtil;
import com.github.houbb.opencc4j.util.ZhTwConverterUtil;
import java.lang.Character.UnicodeScript;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntUnaryOperator;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/// Returns the simplified form of a Chinese character, and every other character as it is. What is
/// written in Hong Kong and Taiwan counts as traditional.
///
/// The table is made at the start, character by character, from the tables of opencc4j: a review
/// must not wait for a library that cuts whole texts into phrases.
final class SimplifiedCharacters implements IntUnaryOperator {
  /// The last code point that Unicode sets aside for Han characters (plane 3).
  private static final int LAST_HAN = 0x3FFFF;

  private final Map<Integer, Integer> simplified = new HashMap<>();

  SimplifiedCharacters() {
    IntStream.rangeClosed(0, LAST_HAN)
        .filter(character -> UnicodeScript.of(character) == UnicodeScript.HAN)
        .forEach(this::learn);
  }

  private void learn(int character) {
    String text = Character.toString(character);
    String simple =
        simplify(
            ZhConverterUtil::toSimple,
            simplify(ZhHkConverterUtil::toSimple, simplify(ZhTwConverterUtil::toSimple, text)));
    if (!simple.equals(text)) {
      simplified.put(character, simple.codePointAt(0));
    }
  }

  /// Returns what `converter` makes of `text`, or `text` where that is not one character.
  private static String simplify(UnaryOperator<String> converter, String text) {
    String simple = converter.apply(text);
    return simple.codePointCount(0, simple.length()) == 1 ? simple : text;
  }

  @Override
  public int applyAsInt(int character) {
    return simplified.getOrDefault(character, character);
  }
}
