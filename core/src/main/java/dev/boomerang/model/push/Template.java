// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.model.push;

import dev.boomerang.model.app.AppId;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/// A template is a notification with placeholders: `#name#` in title, body and link is filled in
/// when it is pushed. `name` is unique within the app and finds it; `variables` are the
/// placeholders its author announced, for people to read.
public record Template(
    TemplateId id,
    AppId app,
    String name,
    String description,
    String variables,
    Content.Notification notification,
    Instant createdAt,
    Instant changedAt) {

  /// Says what filling in a template came to.
  public sealed interface FillResult {
    record Complete(Content.Notification notification) implements FillResult {}

    /// No value was given for these placeholders.
    record Missing(SortedSet<String> placeholders) implements FillResult {}

    /// It would have so many characters, which is more than it may; it was not filled in.
    record TooLong(long characters) implements FillResult {}
  }

  public SortedSet<String> placeholders() {
    var placeholders = new TreeSet<String>();
    placeholders.addAll(Placeholders.names(notification.title()));
    placeholders.addAll(Placeholders.names(notification.body()));
    notification.click().ifPresent(click -> placeholders.addAll(Placeholders.names(click.uri())));
    return placeholders;
  }

  /// Returns how many characters title, body and link have together once filled in. A short
  /// template with the same placeholder many times multiplies its values, so this is asked before
  /// they are built.
  public long filledLength(Map<String, String> values) {
    return Placeholders.filledLength(notification.title(), values)
        + Placeholders.filledLength(notification.body(), values)
        + notification
            .click()
            .map(click -> Placeholders.filledLength(click.uri(), values))
            .orElse(0L);
  }

  /// Values without a placeholder of their name are ignored. `most` bounds [#filledLength].
  public FillResult fill(Map<String, String> values, Map<String, String> extras, int most) {
    var missing = placeholders();
    missing.removeAll(values.keySet());
    if (!missing.isEmpty()) {
      return new FillResult.Missing(missing);
    }
    long length = filledLength(values);
    if (length > most) {
      return new FillResult.TooLong(length);
    }
    Optional<Content.Click> click =
        notification
            .click()
            .map(old -> new Content.Click(old.action(), Placeholders.fill(old.uri(), values)));
    return new FillResult.Complete(
        new Content.Notification(
            Placeholders.fill(notification.title(), values),
            Placeholders.fill(notification.body(), values),
            notification.appearance(),
            click,
            notification.silent(),
            extras));
  }
}
