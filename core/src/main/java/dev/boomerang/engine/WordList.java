// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.engine;

import dev.boomerang.model.AppId;
import dev.boomerang.port.Reviewer;
import java.text.Normalizer;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Objects to texts that contain one of its words, whatever the case and the width of its letters.
/// Words are kept by their beginnings, so a long list costs no more than a short one.
public final class WordList implements Reviewer {
  private static final String COMMENT = "#";

  /// What may follow a beginning; `end` where a word ends.
  private static final class Node {
    final Map<Character, Node> next = new HashMap<>();
    boolean end;
  }

  private final Node root = new Node();

  /// One word in each line; blank lines and those that begin with `#` are none.
  public WordList(Collection<String> lines) {
    lines.stream()
        .map(String::strip)
        .filter(line -> !line.isEmpty() && !line.startsWith(COMMENT))
        .map(WordList::plain)
        .forEach(this::learn);
  }

  private void learn(String word) {
    Node at = root;
    for (int i = 0; i < word.length(); i++) {
      at = at.next.computeIfAbsent(word.charAt(i), _ -> new Node());
    }
    at.end = true;
  }

  @Override
  public Optional<String> objection(AppId app, List<String> texts) {
    return texts.stream()
        .map(WordList::plain)
        .flatMap(text -> first(text).stream())
        .findFirst()
        .map(word -> "contains the sensitive word \"" + word + "\"");
  }

  private Optional<String> first(String text) {
    for (int from = 0; from < text.length(); from++) {
      Optional<Node> at = Optional.of(root);
      for (int i = from; i < text.length() && at.isPresent(); i++) {
        at = Optional.ofNullable(at.get().next.get(text.charAt(i)));
        if (at.filter(node -> node.end).isPresent()) {
          return Optional.of(text.substring(from, i + 1));
        }
      }
    }
    return Optional.empty();
  }

  private static String plain(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
  }
}
