// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.gateway.mqtt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.boomerang.model.app.AppId;
import dev.boomerang.model.push.Content;
import dev.boomerang.model.push.DeliveryId;
import dev.boomerang.model.push.Source;
import dev.boomerang.model.push.Task;
import dev.boomerang.model.push.TaskId;
import dev.boomerang.model.registration.Platform;
import dev.boomerang.model.registration.RegistrationId;
import dev.boomerang.port.DeviceConnection.DeliveryAttempt;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PayloadEncoderTest {
  private static final RegistrationId REGISTRATION = new RegistrationId("17400000000000123456789");

  private final PayloadEncoder payloadEncoder = new PayloadEncoder();

  private static Task task(long id, Content content) {
    return new Task(
        new TaskId(id),
        new AppId("shop"),
        "",
        Source.of("test"),
        content,
        new Task.Validity(Instant.ofEpochMilli(1_000), Instant.ofEpochMilli(2_000)),
        new Task.TargetCounts(2, 0),
        "",
        Map.of(),
        Map.of(),
        Optional.empty());
  }

  private String json(Task task) {
    ByteBuf buf = Unpooled.buffer();
    String delivery = new DeliveryId(task.id(), REGISTRATION).wire();
    PayloadEncoder.PublishPayload publishPayload =
        payloadEncoder.publishPayload(
            new DeliveryAttempt(
                new DeliveryId(task.id(), REGISTRATION),
                task,
                task.content(),
                Optional.empty(),
                1,
                true));
    publishPayload.write(buf, delivery);
    assertThat(buf.readableBytes()).isEqualTo(publishPayload.length(delivery));
    return buf.toString(UTF_8);
  }

  @Test
  void notification_withEverything_hasEveryMember() {
    var appearance =
        new Content.Appearance(
            Content.Style.PICTURE,
            Map.of("default", "https://x/i.png", "hms", "https://x/h.png"),
            Map.of("default", "https://x/c.png"));
    var content =
        new Content.Notification(
            "T \"q\"",
            "B\n推",
            appearance,
            Optional.of(new Content.Click(Content.Action.URL, "https://x/?a=1&b")),
            true,
            Map.of("k", "v"));

    assertThat(json(task(5, content)))
        .isEqualTo(
            "{\"type\":\"notify\",\"delivery\":\"5-17400000000000123456789\",\"task\":\"5\","
                + "\"title\":\"T \\\"q\\\"\",\"body\":\"B\\n推\",\"style\":\"picture\","
                + "\"image\":\"https://x/i.png\",\"icon\":\"https://x/c.png\",\"silent\":true,"
                + "\"click\":{\"action\":\"url\",\"uri\":\"https://x/?a=1&b\"},"
                + "\"sentAt\":1000,\"extras\":{\"k\":\"v\"},\"expiresAt\":2000}");
  }

  /// Devices of several platforms share a task's payloads, and each gets its own picture.
  @Test
  void picture_isThatOfTheDevicesPlatform_andNoPictureIsNoPictureStyle() {
    var appearance =
        new Content.Appearance(Content.Style.PICTURE, Map.of("apns", "https://x/i.png"), Map.of());
    var content = new Content.Notification("T", "B", appearance, Optional.empty(), false, Map.of());

    assertThat(json(task(5, content.on(Platform.IOS))))
        .contains("\"style\":\"picture\",\"image\":\"https://x/i.png\"");
    assertThat(json(task(5, content.on(Platform.ANDROID))))
        .contains("\"style\":\"default\"")
        .doesNotContain("image");
  }

  @Test
  void payload_ofAnotherTask_isNotTheRememberedOne() {
    for (long id = 1; id < 2_000; id += 32) {
      Task first = task(id, Content.Notification.of("title " + id, ""));
      assertThat(json(first)).isEqualTo(json(first)).contains("\"title " + id + "\"");
    }
  }

  @Test
  void halfASurrogatePair_isSentAsAQuestionMark() {
    assertThat(json(task(5, Content.Notification.of("a\uD83Eb", "")))).contains("\"a?b\"");
  }

  @Test
  void withdraw_listsItsDeliveries() {
    var ids =
        List.of(
            new DeliveryId(new TaskId(5), REGISTRATION),
            new DeliveryId(new TaskId(6), REGISTRATION));

    assertThat(new String(PayloadEncoder.withdraw(ids), UTF_8))
        .isEqualTo(
            "{\"type\":\"withdraw\",\"deliveries\":[\"5-17400000000000123456789\","
                + "\"6-17400000000000123456789\"]}");
  }
}
