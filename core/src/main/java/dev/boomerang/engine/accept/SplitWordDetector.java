// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.engine.accept;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Tells a word that somebody split to hide it from letters of several words that only happen to
/// stand behind each other.
///
/// Where words are written without spaces (Chinese, Japanese), every split word counts. Elsewhere
/// the parts have to be whole words by themselves: `c a s i n o`, `cas-ino` and `cas ino` are
/// *casino*, but `as soon` does not have *ass* in it. Parts with spaces between them count only if
/// none is a word that stands in every sentence: `the pen is mine`.
final class SplitWordDetector {
  private static final Set<String> EVERYDAY =
      Set.of(
          "a", "am", "an", "and", "are", "as", "at", "be", "but", "by", "can", "do", "for", "get",
          "go", "had", "has", "he", "her", "his", "i", "if", "in", "is", "it", "its", "me", "my",
          "no", "not", "of", "on", "or", "our", "she", "so", "the", "to", "too", "up", "us", "was",
          "we", "who", "you");

  /// Letters without a gap, as a range of the text.
  private record Part(int from, int to) {}

  private SplitWordDetector() {}

  /// Returns whether the letters at these places of a text, one behind the other and perhaps with
  /// gaps, are one word.
  static boolean isOne(NormalizedText text, List<Integer> places) {
    List<Part> parts = parts(places);
    boolean isSplit = false;
    boolean isSpacedOut = false;
    for (int i = 1; i < parts.size(); i++) {
      int end = parts.get(i - 1).to();
      int start = parts.get(i).from();
      if (text.isSpaced(end - 1) && text.isSpaced(start)) {
        isSplit = true;
        isSpacedOut |= hasSpace(text, end, start);
      }
    }
    if (!isSplit) {
      return true;
    }
    boolean isProse = isSpacedOut && parts.stream().anyMatch(part -> isEveryday(text, part));
    return isWhole(text, places) && (isSpelled(parts) || !isProse);
  }

  private static List<Part> parts(List<Integer> places) {
    var parts = new ArrayList<Part>();
    for (int place : places) {
      if (!parts.isEmpty() && parts.getLast().to() == place) {
        parts.set(parts.size() - 1, new Part(parts.getLast().from(), place + 1));
      } else {
        parts.add(new Part(place, place + 1));
      }
    }
    return parts;
  }

  /// Returns whether the word is not part of a longer one: no letter stands directly before its
  /// first or after its last letter.
  private static boolean isWhole(NormalizedText text, List<Integer> places) {
    int first = places.getFirst();
    int last = places.getLast();
    boolean goesOnBefore = first > 0 && text.isSpaced(first) && text.isSpaced(first - 1);
    boolean goesOnBehind =
        last + 1 < text.length() && text.isSpaced(last) && text.isSpaced(last + 1);
    return !goesOnBefore && !goesOnBehind;
  }

  private static boolean hasSpace(NormalizedText text, int from, int to) {
    for (int i = from; i < to; i++) {
      if (text.isSpace(i)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isSpelled(List<Part> parts) {
    return parts.stream().allMatch(part -> part.to() - part.from() == 1);
  }

  private static boolean isEveryday(NormalizedText text, Part part) {
    return EVERYDAY.contains(text.text(part.from(), part.to()));
  }
}
