// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.store.sql.effect;

import dev.boomerang.lifecycle.Delivery;
import dev.boomerang.model.push.Source;
import dev.boomerang.model.push.Task;
import dev.boomerang.model.registration.ChannelId;
import dev.boomerang.model.registration.Platform;
import java.util.concurrent.TimeUnit;

/// Names the sums under which a delivery counts: the hour (since 1970, UTC) in which its push was
/// accepted, the push's kind, its platform and its channel. Kept with each delivery as one text.
public record StatisticsKey(long hour, Source.Kind kind, Platform platform, ChannelId channel) {

  public static StatisticsKey of(Task task, Delivery delivery) {
    return new StatisticsKey(
        hour(task), task.source().kind(), delivery.platform(), delivery.channel());
  }

  public StatisticsKey of(ChannelId newChannel) {
    return new StatisticsKey(hour, kind, platform, newChannel);
  }

  static long hour(Task task) {
    return TimeUnit.MILLISECONDS.toHours(task.validity().acceptedAt().toEpochMilli());
  }

  public static StatisticsKey parse(String text) {
    String[] words = text.split(" ", -1);
    return new StatisticsKey(
        Long.parseLong(words[0]),
        Source.Kind.parse(words[1]).orElseThrow(),
        Platform.parse(words[2]).orElseThrow(),
        words[3].equals(ChannelId.SELF.value()) ? ChannelId.SELF : new ChannelId(words[3]));
  }

  public String write() {
    return hour + " " + kind.wire() + " " + platform.wire() + " " + channel.value();
  }
}
