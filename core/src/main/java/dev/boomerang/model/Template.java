// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.model;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/// A notification with blanks: `#name#` in title, body and link is filled in when it is pushed.
/// `name` is unique within the app and finds it; `variables` are the blanks its author announced,
/// for people to read.
public record Template(
    TemplateId id,
    AppId app,
    String name,
    String description,
    String variables,
    Content.Notification notification,
    Instant createdAt,
    Instant changedAt) {

  /// The outcome of filling in.
  public sealed interface Filled {
    record Complete(Content.Notification notification) implements Filled {}

    /// No value was given for these blanks.
    record Missing(SortedSet<String> blanks) implements Filled {}

    /// It would have so many characters, which is more than it may; it was not filled in.
    record TooLong(long characters) implements Filled {}
  }

  public SortedSet<String> blanks() {
    var blanks = new TreeSet<String>();
    blanks.addAll(Blanks.in(notification.title()));
    blanks.addAll(Blanks.in(notification.body()));
    notification.click().ifPresent(click -> blanks.addAll(Blanks.in(click.uri())));
    return blanks;
  }

  /// How many characters title, body and link have together once filled in: a short template with
  /// the same blank many times multiplies its values, so this is asked before they are built.
  public long filledLength(Map<String, String> values) {
    return Blanks.filledLength(notification.title(), values)
        + Blanks.filledLength(notification.body(), values)
        + notification.click().map(click -> Blanks.filledLength(click.uri(), values)).orElse(0L);
  }

  /// Values without a blank of their name are ignored. `most` bounds [#filledLength].
  public Filled fill(Map<String, String> values, Map<String, String> extras, int most) {
    var missing = blanks();
    missing.removeAll(values.keySet());
    if (!missing.isEmpty()) {
      return new Filled.Missing(missing);
    }
    long length = filledLength(values);
    if (length > most) {
      return new Filled.TooLong(length);
    }
    Optional<Content.Click> click =
        notification
            .click()
            .map(blank -> new Content.Click(blank.action(), Blanks.fill(blank.uri(), values)));
    return new Filled.Complete(
        new Content.Notification(
            Blanks.fill(notification.title(), values),
            Blanks.fill(notification.body(), values),
            notification.look(),
            click,
            notification.silent(),
            extras));
  }
}
