// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.engine.accept;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.boomerang.model.push.Content;
import java.util.Map;
import java.util.stream.Stream;

/// Measures how long a push is on its way to a device.
public final class PayloadSize {
  private PayloadSize() {}

  /// Returns the bytes of everything the device is sent that the caller chose; of what differs by
  /// platform, the longest.
  public static int of(Content content) {
    int own =
        switch (content) {
          case Content.Notification n ->
              bytes(n.title())
                  + bytes(n.body())
                  + n.click().map(click -> bytes(click.uri())).orElse(0)
                  + bytes(n.appearance().images())
                  + bytes(n.appearance().icons());
          case Content.DataMessage d -> bytes(d.body());
          case Content.NotificationWithData(var notification, var data) ->
              of(notification) + of(data) - bytes(content.extras());
          case Content.PerPlatform(var otherwise, var each) ->
              Stream.concat(Stream.of(otherwise), each.values().stream())
                      .mapToInt(PayloadSize::of)
                      .max()
                      .orElse(0)
                  - bytes(content.extras());
        };
    return own + bytes(content.extras());
  }

  private static int bytes(Map<String, String> map) {
    return map.entrySet().stream().mapToInt(e -> bytes(e.getKey()) + bytes(e.getValue())).sum();
  }

  private static int bytes(String text) {
    return text.getBytes(UTF_8).length;
  }
}
