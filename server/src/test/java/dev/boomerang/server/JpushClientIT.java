// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.jiguang.common.ClientConfig;
import cn.jiguang.common.resp.APIRequestException;
import cn.jpush.api.JPushClient;
import cn.jpush.api.push.PushResult;
import cn.jpush.api.push.model.Message;
import cn.jpush.api.push.model.Options;
import cn.jpush.api.push.model.Platform;
import cn.jpush.api.push.model.PushPayload;
import cn.jpush.api.push.model.audience.Audience;
import cn.jpush.api.push.model.notification.AndroidNotification;
import cn.jpush.api.push.model.notification.IosNotification;
import cn.jpush.api.push.model.notification.Notification;
import com.fasterxml.jackson.databind.JsonNode;
import dev.boomerang.server.config.Settings;
import dev.boomerang.server.config.Sources;
import dev.boomerang.web.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// JPush's own Java client against the running server, with a device on HiveMQ's.
@Timeout(120)
class JpushClientIT {
  @TempDir private Path folder;
  private Main main;
  private JsonNode demo;
  private NativeApiClient api;
  private JPushClient jpush;
  private HiveDevice device;

  @BeforeEach
  void start() throws Exception {
    var sources =
        new Sources(
            Map.of(
                "http-host", "127.0.0.1",
                "http-port", "0",
                "gateway-host", "127.0.0.1",
                "gateway-port", "0",
                "data-dir", folder.toString(),
                "jpush-pushes-per-minute", "600"),
            Map.of(),
            Optional.empty());
    main = Main.start(Settings.of(sources), Clock.systemUTC());
    demo = Json.read(Files.readString(folder.resolve("demo.json"), UTF_8)).orElseThrow();
    api = new NativeApiClient(main.httpPort(), demo.path("adminToken").asText());
    jpush = new JPushClient(secret(), demo.at("/jpush/appKey").asText(), null, config());
    device = HiveDevice.connect(api, demo, "ada");
  }

  private String secret() {
    return demo.at("/jpush/masterSecret").asText();
  }

  /// One for the whole process; each test sets it anew.
  private ClientConfig config() {
    String host = "http://127.0.0.1:" + main.httpPort();
    ClientConfig config = ClientConfig.getInstance();
    config.setPushHostName(host);
    config.setDeviceHostName(host);
    config.setReportHostName(host);
    config.setScheduleHostName(host);
    return config;
  }

  @AfterEach
  void stop() {
    device.close();
    jpush.close();
    main.close();
  }

  private PushPayload.Builder toDevice(String alert) {
    return PushPayload.newBuilder()
        .setPlatform(Platform.all())
        .setAudience(Audience.registrationId(device.id()))
        .setNotification(
            Notification.newBuilder()
                .addPlatformNotification(
                    AndroidNotification.newBuilder()
                        .setAlert(alert)
                        .setTitle("标题")
                        .addExtra("k", "v")
                        .build())
                .addPlatformNotification(
                    IosNotification.newBuilder().setAlert(alert).incrBadge(1).build())
                .build());
  }

  private JsonNode next(String type) throws InterruptedException {
    JsonNode message = device.next();
    assertThat(message.path("type").asText()).isEqualTo(type);
    return message;
  }

  @Test
  void push_isShown_andRecalled() throws Exception {
    PushResult pushed = jpush.sendPush(toDevice("正文 😀").build());
    assertThat(pushed.isResultOK()).isTrue();
    assertThat(pushed.getRateLimitQuota()).isEqualTo(600);
    assertThat(pushed.getRateLimitRemaining()).isLessThan(600);
    JsonNode shown = next("notify");
    assertThat(shown.path("title").asText()).isEqualTo("标题");
    assertThat(shown.path("body").asText()).isEqualTo("正文 😀");
    device.report(shown.path("delivery").asText(), "shown");

    assertThat(jpush.deletePush(Long.toString(pushed.msg_id)).isResultOK()).isTrue();

    assertThat(next("withdraw").at("/deliveries/0")).isEqualTo(shown.path("delivery"));
    device.report(shown.path("delivery").asText(), "withdrawn");
    api.await(
        "/api/v1/tasks/" + pushed.msg_id, view -> view.at("/counts/recalled").asInt() == 1);
    assertThat(jpush.deletePush(Long.toString(pushed.msg_id)).isResultOK()).isTrue();
    assertThatThrownBy(() -> jpush.deletePush("77"))
        .isInstanceOfSatisfying(
            APIRequestException.class,
            fault -> {
              assertThat(fault.getErrorCode()).isEqualTo(1003);
              assertThat(fault.getErrorMessage()).isEqualTo("msgid doesn't exist");
            });
  }

  @Test
  void override_takesTheOldOnesPlace() throws Exception {
    PushResult old = jpush.sendPush(toDevice("old").build());
    JsonNode first = next("notify");
    device.report(first.path("delivery").asText(), "shown");

    PushResult fresh =
        jpush.sendPush(
            toDevice("new")
                .setOptions(Options.newBuilder().setOverrideMsgId(old.msg_id).build())
                .build());

    JsonNode second = next("notify");
    assertThat(second.path("slot").asText()).isEqualTo(Long.toString(old.msg_id));
    assertThat(second.path("task").asText()).isEqualTo(Long.toString(fresh.msg_id));
    device.report(first.path("delivery").asText(), "replaced");
    api.await("/api/v1/tasks/" + old.msg_id, view -> view.at("/counts/overridden").asInt() == 1);
    assertThatThrownBy(
            () ->
                jpush.sendPush(
                    toDevice("none")
                        .setOptions(Options.newBuilder().setOverrideMsgId(12345L).build())
                        .build()))
        .isInstanceOfSatisfying(
            APIRequestException.class,
            fault -> assertThat(fault.getErrorCode()).isEqualTo(1003));
  }

  @Test
  void everyKindOfPush_isTaken() throws Exception {
    assertThat(jpush.sendNotificationAll("to all").isResultOK()).isTrue();
    next("notify");
    assertThat(jpush.sendMessageAll("data to all").isResultOK()).isTrue();
    next("data");
    assertThat(jpush.sendPushValidate(toDevice("checked").build()).isResultOK()).isTrue();
    var cids = jpush.getCidList(2, "push");
    assertThat(cids.cidlist).hasSize(2);
    PushPayload once = toDevice("once").setCid(cids.cidlist.getFirst()).build();
    assertThat(jpush.sendPush(once).msg_id).isEqualTo(jpush.sendPush(once).msg_id);
    next("notify");
    var batch =
        jpush.batchSendPushByRegId(
            List.of(
                PushPayload.newBuilder()
                    .setPlatform(Platform.all())
                    .setTarget(device.id())
                    .setMessage(Message.content("one of a batch"))
                    .build()));
    assertThat(batch.isResultOK()).isTrue();
    next("data");
  }

  @Test
  void faults_areReadAsTheClientKnowsThem() {
    var wrong =
        new JPushClient(
            "0".repeat(24), demo.at("/jpush/appKey").asText(), null, config());
    assertThatThrownBy(() -> wrong.sendNotificationAll("x"))
        .isInstanceOfSatisfying(
            APIRequestException.class,
            fault -> {
              assertThat(fault.getStatus()).isEqualTo(401);
              assertThat(fault.getErrorCode()).isEqualTo(1004);
            });
    assertThatThrownBy(
            () ->
                jpush.sendPush(
                    PushPayload.newBuilder()
                        .setPlatform(Platform.all())
                        .setAudience(Audience.tag("nobody"))
                        .setNotification(Notification.alert("x"))
                        .build()))
        .isInstanceOfSatisfying(
            APIRequestException.class,
            fault -> assertThat(fault.getErrorCode()).isEqualTo(1011));
  }
}
