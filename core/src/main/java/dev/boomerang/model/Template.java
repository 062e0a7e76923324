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
  }

  public SortedSet<String> blanks() {
    var blanks = new TreeSet<String>();
    blanks.addAll(Blanks.in(notification.title()));
    blanks.addAll(Blanks.in(notification.body()));
    notification.click().ifPresent(click -> blanks.addAll(Blanks.in(click.uri())));
    return blanks;
  }

  /// Values without a blank of their name are ignored.
  public Filled fill(Map<String, String> values, Map<String, String> extras) {
    var missing = blanks();
    missing.removeAll(values.keySet());
    if (!missing.isEmpty()) {
      return new Filled.Missing(missing);
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
