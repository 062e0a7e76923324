// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.boomerang.device.internal.registration.DeviceIdentity;
import dev.boomerang.device.storage.DeviceStorage;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PushClientBuilderTest {
  private static PushClientBuilder builder() {
    return PushClient.builder("http://push.example.com", "app", "key");
  }

  @Test
  void registration_sendsAllThatTheBuilderWasGiven() {
    PushClientBuilder builder =
        builder()
            .platform(Platform.HARMONY)
            .user("ada")
            .alias("a")
            .tags(List.of("x", "y", "x"))
            .region("cn")
            .vendorToken("hms", "t1")
            .vendorToken("fcm", "t2")
            .attribute("model", "M1")
            .attribute("version", "2");
    var identity = new DeviceIdentity();
    var settings = builder.settings();
    settings.profile.forEach(
        (member, value) -> identity.set(member, value).ifPresent(identity::apply));

    assertThat(settings.registration(identity))
        .containsOnly(
            Map.entry("appId", "app"),
            Map.entry("deviceKey", "key"),
            Map.entry("platform", "harmony"),
            Map.entry("deviceId", ""),
            Map.entry("userId", "ada"),
            Map.entry("alias", "a"),
            Map.entry("tags", List.of("x", "y")),
            Map.entry("region", "cn"),
            Map.entry("channels", Map.of("hms", "t1", "fcm", "t2")),
            Map.entry("attributes", Map.of("model", "M1", "version", "2")));
  }

  @Test
  void whatCannotWork_isRefusedAtOnce() {
    assertThatThrownBy(() -> builder().keepAlive(Duration.ofMillis(900)))
        .hasMessageContaining("keepAlive");
    assertThatThrownBy(() -> builder().backoff(Duration.ofSeconds(2), Duration.ofSeconds(1)))
        .hasMessageContaining("backoff");
    assertThatThrownBy(() -> builder().build(new FakeNotificationHandler()))
        .hasMessageContaining("storage");
    assertThatThrownBy(
            () ->
                PushClient.builder("ftp://push.example.com", "app", "key")
                    .storage(DeviceStorage.inMemory())
                    .build(new FakeNotificationHandler()))
        .hasMessageContaining("server: must begin with http");
  }
}
