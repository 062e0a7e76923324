// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.engine.accept;

import dev.boomerang.model.app.AppId;
import dev.boomerang.port.ContentReviewer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntUnaryOperator;

/// Objects to texts that contain one of its words, however they are written ([NormalizedText]) and
/// with whatever between their letters ([SplitWordDetector]). Words are kept by their beginnings,
/// so a long list costs no more than a short one.
public final class WordListReviewer implements ContentReviewer {
  private static final String COMMENT = "#";

  /// Characters between two letters of a word that is still seen as one.
  private static final int MAX_GAP = 4;

  /// A node holds what may follow a beginning of a word. `word` is there where one ends, as the
  /// list has it.
  private static final class Node {
    final Map<Integer, Node> next = new HashMap<>();
    Optional<String> word = Optional.empty();
  }

  private record Found(String word, int from, int to) {}

  private final Node root = new Node();
  private final IntUnaryOperator variant;

  /// Creates a reviewer of one word in each line; blank lines and those that begin with `#` count
  /// as none.
  public WordListReviewer(Collection<String> lines) {
    this(lines, IntUnaryOperator.identity());
  }

  /// Creates a reviewer whose `variant` gives one character for several that mean the same, such as
  /// the simplified form of a traditional one. It is asked for the characters of the list and of
  /// the texts.
  public WordListReviewer(Collection<String> lines, IntUnaryOperator variant) {
    this.variant = variant;
    lines.stream()
        .map(String::strip)
        .filter(line -> !line.isEmpty() && !line.startsWith(COMMENT))
        .forEach(this::learn);
  }

  private void learn(String word) {
    NormalizedText letters = NormalizedText.of(word, variant);
    if (letters.length() == 0) {
      return;
    }
    Node at = root;
    for (int i = 0; i < letters.length(); i++) {
      at = at.next.computeIfAbsent(letters.at(i), _ -> new Node());
    }
    at.word = at.word.or(() -> Optional.of(word));
  }

  @Override
  public Optional<Objection> objection(AppId app, List<String> texts) {
    for (int i = 0; i < texts.size(); i++) {
      Optional<Found> found = first(NormalizedText.of(texts.get(i), variant));
      if (found.isPresent()) {
        Found it = found.get();
        String reason = "contains the sensitive word \"" + it.word() + "\"";
        return Optional.of(new Objection(reason, i, it.from(), it.to()));
      }
    }
    return Optional.empty();
  }

  private Optional<Found> first(NormalizedText text) {
    var places = new ArrayList<Integer>();
    for (int from = 0; from < text.length(); from++) {
      places.clear();
      Optional<Found> found = follow(text, from, root, places);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  /// Looks for a word that goes on at `at`, behind the letters at `places`. Fillers are taken as
  /// they are where the word has them, else passed over.
  private static Optional<Found> follow(
      NormalizedText text, int at, Node node, List<Integer> places) {
    int gap = places.isEmpty() ? 0 : MAX_GAP;
    for (int i = at; i < text.length() && i <= at + gap; i++) {
      Optional<Node> next = Optional.ofNullable(node.next.get(text.at(i)));
      if (next.isPresent()) {
        places.add(i);
        Optional<Found> found =
            ending(text, next.get(), places).or(() -> behind(text, next.get(), places));
        if (found.isPresent()) {
          return found;
        }
        places.removeLast();
      }
      if (!text.isFiller(i)) {
        return Optional.empty();
      }
    }
    return Optional.empty();
  }

  private static Optional<Found> behind(NormalizedText text, Node node, List<Integer> places) {
    return follow(text, places.getLast() + 1, node, places);
  }

  private static Optional<Found> ending(NormalizedText text, Node node, List<Integer> places) {
    return node.word
        .filter(_ -> SplitWordDetector.isOne(text, places))
        .map(word -> new Found(word, text.from(places.getFirst()), text.to(places.getLast())));
  }
}
