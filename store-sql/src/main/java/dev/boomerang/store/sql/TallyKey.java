// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.store.sql;

import dev.boomerang.lifecycle.Delivery;
import dev.boomerang.model.push.Source;
import dev.boomerang.model.push.Task;
import dev.boomerang.model.registration.ChannelId;
import dev.boomerang.model.registration.Platform;
import java.util.concurrent.TimeUnit;

/// Under which sums a delivery counts: the hour (since 1970, UTC) in which its push was accepted,
/// the push's kind, its platform and its channel. Kept with each delivery as one text.
record TallyKey(long hour, Source.Kind kind, Platform platform, ChannelId channel) {

  static TallyKey of(Task task, Delivery delivery) {
    return new TallyKey(hour(task), task.source().kind(), delivery.platform(), delivery.channel());
  }

  TallyKey of(ChannelId newChannel) {
    return new TallyKey(hour, kind, platform, newChannel);
  }

  static long hour(Task task) {
    return TimeUnit.MILLISECONDS.toHours(task.validity().acceptedAt().toEpochMilli());
  }

  static TallyKey read(String text) {
    String[] words = text.split(" ", -1);
    return new TallyKey(
        Long.parseLong(words[0]),
        Source.Kind.parse(words[1]).orElseThrow(),
        Platform.parse(words[2]).orElseThrow(),
        words[3].equals(ChannelId.SELF.value()) ? ChannelId.SELF : new ChannelId(words[3]));
  }

  String write() {
    return hour + " " + kind.wire() + " " + platform.wire() + " " + channel.value();
  }
}
