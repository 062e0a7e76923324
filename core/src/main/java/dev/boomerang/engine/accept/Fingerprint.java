// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.engine.accept;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.boomerang.model.push.Audience;
import dev.boomerang.model.push.Content;
import dev.boomerang.model.push.Push;
import dev.boomerang.model.push.SendRate;
import dev.boomerang.model.push.Target;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// A short text that is the same for two pushes exactly if they ask for the same.
final class Fingerprint {
  private final MessageDigest digest;

  private Fingerprint() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /// `dueAt` is the moment the push is for.
  static String of(Push push, Instant dueAt) {
    var print = new Fingerprint();
    print.add(push.app().value()).add(push.name());
    print.audience(push.audience(), dueAt).content(push.content());
    print
        .add(Long.toString(push.options().lifetime().toMillis()))
        .add(push.options().messageId().orElse(""))
        .add(push.options().vendorHints())
        .add(push.options().source().detail().toString());
    new TreeMap<>(push.options().overrides())
        .forEach((platform, each) -> print.add(platform.wire()).add(each.toString()));
    print
        .add(push.options().sendRate().map(SendRate::toString).orElse(""))
        .add(push.options().strategy().wire());
    push.options()
        .webhook()
        .ifPresent(
            webhook ->
                print
                    .add(webhook.url().toString())
                    .add(webhook.params())
                    .add(webhook.eventTypes().stream().sorted().toList().toString()));
    return HexFormat.of().formatHex(print.digest.digest(), 0, 16);
  }

  private Fingerprint audience(Audience audience, Instant dueAt) {
    switch (audience) {
      case Audience.Targeted(var targetKind, var targets, var platform) -> {
        add("named").add(targetKind.name()).add(platform.map(Enum::name).orElse(""));
        for (Target target : targets) {
          add(target.name()).add(target.messageId().orElse(""));
          target.content().ifPresent(this::content);
        }
      }
      case Audience.Everyone(var platform, var bound, var unbound) -> {
        add("everyone").add(platform.map(Enum::name).orElse(""));
        window(bound, dueAt).window(unbound, dueAt);
      }
      case Audience.BySegment(var segment) -> add("matching").add(segment.toString());
    }
    return this;
  }

  /// An open window counts by how far it reaches back, to the hour: the same call made again is a
  /// little later, and so is the window's beginning.
  private Fingerprint window(Optional<Audience.TimeRange> timeRange, Instant dueAt) {
    return add(
        timeRange
            .map(
                span ->
                    span.isOpen()
                        ? Duration.between(span.from(), dueAt).plusMinutes(30).toHours() + "h"
                        : span.toString())
            .orElse(""));
  }

  private Fingerprint content(Content content) {
    return switch (content) {
      case Content.Notification n ->
          add("notification")
              .add(n.title())
              .add(n.body())
              .add(n.appearance().style().wire())
              .add(n.appearance().images())
              .add(n.appearance().icons())
              .add(n.click().map(click -> click.action().wire() + ' ' + click.uri()).orElse(""))
              .add(Boolean.toString(n.silent()))
              .add(n.extras());
      case Content.DataMessage d -> add("data").add(d.body()).add(d.extras());
      case Content.NotificationWithData(var notification, var data) ->
          add("both").content(notification).content(data);
      case Content.PerPlatform(var otherwise, var own) -> {
        add("platforms").content(otherwise);
        new TreeMap<>(own).forEach((platform, each) -> add(platform.wire()).content(each));
        yield this;
      }
    };
  }

  private Fingerprint add(Map<String, String> map) {
    add(Integer.toString(map.size()));
    new TreeMap<>(map).forEach((name, value) -> add(name).add(value));
    return this;
  }

  private Fingerprint add(String text) {
    byte[] bytes = text.getBytes(UTF_8);
    digest.update(Integer.toString(bytes.length).getBytes(UTF_8));
    digest.update((byte) ':');
    digest.update(bytes);
    return this;
  }
}
