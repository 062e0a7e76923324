// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.engine.accept;

import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/// A text as a person reads it, without what only a machine can tell apart: case, width and other
/// compatibility forms, accents, and characters that show nothing. White space is one space.
///
/// Source: Unicode Standard Annex 15 (NFKC) and Annex 44 (general categories).
final class NormalizedText {
  /// Show nothing, though they are letters: fillers of Hangul, vowels of Khmer that are none.
  private static final Set<Integer> BLANK_LETTERS =
      Set.of(0x115F, 0x1160, 0x17B4, 0x17B5, 0x3164, 0xFFA0);

  /// Japanese voicing makes another letter, not an accent.
  private static final Set<Integer> VOICING = Set.of(0x3099, 0x309A);

  /// Written without spaces between words.
  private static final Set<UnicodeScript> UNSPACED =
      Set.of(
          UnicodeScript.HAN,
          UnicodeScript.HIRAGANA,
          UnicodeScript.KATAKANA,
          UnicodeScript.BOPOMOFO);

  private static final Set<Byte> MARKS =
      Set.of(
          Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.COMBINING_SPACING_MARK);

  private static final Set<Byte> FILLERS =
      Set.of(
          Character.CONNECTOR_PUNCTUATION,
          Character.DASH_PUNCTUATION,
          Character.START_PUNCTUATION,
          Character.END_PUNCTUATION,
          Character.INITIAL_QUOTE_PUNCTUATION,
          Character.FINAL_QUOTE_PUNCTUATION,
          Character.OTHER_PUNCTUATION,
          Character.MATH_SYMBOL,
          Character.CURRENCY_SYMBOL,
          Character.MODIFIER_SYMBOL,
          Character.OTHER_SYMBOL);

  private static final int SPACE = ' ';

  /// A character that is left, and which part of the text it stands for.
  private record Unit(int character, int from, int to) {}

  private final List<Unit> units;

  private NormalizedText(List<Unit> units) {
    this.units = units;
  }

  /// Folds a text. `variant` gives the character to take for one of several that mean the same,
  /// such as the simplified form of a traditional one.
  static NormalizedText of(String text, IntUnaryOperator variant) {
    var units = new ArrayList<Unit>();
    int from = 0;
    while (from < text.length()) {
      int to = end(text, from);
      String cluster = text.substring(from, to);
      for (int character : folded(cluster).map(variant).toArray()) {
        boolean isAnotherSpace =
            character == SPACE && !units.isEmpty() && units.getLast().character() == SPACE;
        if (!isAnotherSpace) {
          units.add(new Unit(character, from, to));
        }
      }
      from = to;
    }
    return new NormalizedText(units);
  }

  /// Returns where a character and the marks on it end.
  private static int end(String text, int from) {
    int to = from + Character.charCount(text.codePointAt(from));
    while (to < text.length() && isMark(text.codePointAt(to))) {
      to += Character.charCount(text.codePointAt(to));
    }
    return to;
  }

  private static IntStream folded(String cluster) {
    StringBuilder bare = new StringBuilder();
    Normalizer.normalize(cluster, Form.NFKD)
        .codePoints()
        .filter(c -> !isAccent(c) && !showsNothing(c))
        .map(c -> Character.isWhitespace(c) || Character.isSpaceChar(c) ? SPACE : c)
        .forEach(bare::appendCodePoint);
    return Normalizer.normalize(bare, Form.NFKC)
        .toUpperCase(Locale.ROOT)
        .toLowerCase(Locale.ROOT)
        .codePoints();
  }

  /// Returns whether a character is in one of these general categories.
  private static boolean isOf(Set<Byte> categories, int c) {
    return categories.contains((byte) Character.getType(c));
  }

  private static boolean isMark(int c) {
    return isOf(MARKS, c);
  }

  /// Marks of one script are its vowels and belong to the word; those of all scripts are ornament.
  private static boolean isAccent(int c) {
    return isMark(c) && UnicodeScript.of(c) == UnicodeScript.INHERITED && !VOICING.contains(c);
  }

  private static boolean showsNothing(int c) {
    boolean isControl = Character.getType(c) == Character.CONTROL && !Character.isWhitespace(c);
    return isControl || Character.getType(c) == Character.FORMAT || BLANK_LETTERS.contains(c);
  }

  int length() {
    return units.size();
  }

  int at(int index) {
    return units.get(index).character();
  }

  /// Returns where a character begins in the original text.
  int from(int index) {
    return units.get(index).from();
  }

  /// Returns where a character ends in the original text.
  int to(int index) {
    return units.get(index).to();
  }

  boolean isSpace(int index) {
    return at(index) == SPACE;
  }

  /// Returns whether a character belongs to a script that writes words with spaces between them.
  boolean isSpaced(int index) {
    return Character.isLetterOrDigit(at(index)) && !UNSPACED.contains(UnicodeScript.of(at(index)));
  }

  /// Returns whether a character may stand between the letters of a word to hide it: a space,
  /// punctuation or a symbol.
  boolean isFiller(int index) {
    return isSpace(index) || isOf(FILLERS, at(index));
  }

  String text(int from, int to) {
    return IntStream.range(from, to)
        .map(this::at)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}
