// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.model.schedule;

import java.util.Optional;

/// Names one firing of a cycle by a message id: the caller's own, followed by `-` and the
/// occurrence's id, because a message id belongs to one message.
public record OccurrenceName(String messageId, ScheduleId occurrence) {
  private static final String BETWEEN = "-";

  /// Characters behind the caller's own id.
  public static final int SUFFIX_LENGTH = BETWEEN.length() + ScheduleId.LENGTH;

  /// All names of `messageId` come from here on, in order of bytes, and before [#end].
  public static String begin(String messageId) {
    return messageId + BETWEEN + "0";
  }

  /// No name of `messageId` comes here or behind.
  public static String end(String messageId) {
    return messageId + BETWEEN + (char) ('f' + 1);
  }

  /// Returns what `text` says if it has the form of a name.
  public static Optional<OccurrenceName> parse(String text) {
    int end = text.length() - SUFFIX_LENGTH;
    return end >= 0 && text.startsWith(BETWEEN, end)
        ? ScheduleId.parse(text.substring(end + BETWEEN.length()))
            .map(id -> new OccurrenceName(text.substring(0, end), id))
        : Optional.empty();
  }

  @Override
  public String toString() {
    return messageId + BETWEEN + occurrence;
  }
}
