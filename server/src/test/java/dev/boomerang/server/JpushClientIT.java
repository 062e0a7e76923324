// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.jiguang.common.ClientConfig;
import cn.jiguang.common.TimeUnit;
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
import cn.jpush.api.report.model.CheckMessagePayload;
import com.fasterxml.jackson.databind.JsonNode;
import dev.boomerang.server.config.Settings;
import dev.boomerang.server.config.Sources;
import dev.boomerang.web.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
    jpush = new JPushClient(secret(), key(), null, config());
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

  @Test
  void devices_tagsAndAliases_areKept() throws Exception {
    String id = device.id();
    jpush.updateDeviceTagAlias(id, "ada", Set.of("深圳", "vip"), Set.of());
    assertThat(jpush.getDeviceTagAlias(id).tags).containsExactlyInAnyOrder("深圳", "vip");
    assertThat(jpush.getDeviceTagAlias(id).alias).isEqualTo("ada");
    assertThat(jpush.getTagList().tags).contains("深圳", "vip");
    assertThat(jpush.isDeviceInTag("vip", id).result).isTrue();
    jpush.addRemoveDevicesFromTag("vip", Set.of(), Set.of(id));
    assertThat(jpush.isDeviceInTag("vip", id).result).isFalse();
    assertThat(jpush.getAliasDeviceList("ada", null).registration_ids).containsExactly(id);
    PushPayload toShenzhen =
        PushPayload.newBuilder()
            .setPlatform(Platform.all())
            .setAudience(Audience.tag("深圳"))
            .setNotification(Notification.alert("对深圳"))
            .build();
    assertThat(jpush.sendPush(toShenzhen).isResultOK()).isTrue();
    next("notify");
    // Raw UTF-8 in the request line.
    assertThat(jpush.deleteTag("深圳", null).isResultOK()).isTrue();
    assertThat(jpush.getTagList().tags).doesNotContain("深圳");
    jpush.removeDevicesFromAlias("ada", Set.of(id));
    assertThat(jpush.getAliasDeviceList("ada", null).registration_ids).isEmpty();
    assertThat(jpush.deleteAlias("ada", null).isResultOK()).isTrue();
    assertThat(jpush.bindMobile(id, "13800000000").isResultOK()).isTrue();
    assertThat(jpush.getUserOnlineStatus(id).get(id).getOnline()).isTrue();
  }

  @Test
  void schedules_areMadeChangedAndDeleted() throws Exception {
    var made =
        jpush.createSingleSchedule(
            "new_year", "2027-01-01 00:00:00", toDevice("later").build(), secret(), key());
    String id = made.getSchedule_id();
    assertThat(jpush.getSchedule(id).getName()).isEqualTo("new_year");
    assertThat(jpush.getSchedule(id).getPush().has("notification")).isTrue();
    assertThat(jpush.getScheduleList().getTotal_count()).isEqualTo(1);
    assertThat(jpush.updateScheduleName(id, "renamed").getName()).isEqualTo("renamed");
    assertThat(jpush.disableSchedule(id).getEnabled()).isFalse();
    assertThat(jpush.enableSchedule(id).getEnabled()).isTrue();
    assertThat(jpush.getScheduleMsgIds(id).getCount()).isZero();
    var daily =
        jpush.createDailySchedule(
            "daily",
            "2027-01-01 00:00:00",
            "2027-01-05 00:00:00",
            "09:00:00",
            toDevice("each day").build(),
            secret(),
            key());
    assertThat(daily.getSchedule_id()).isNotEqualTo(id);
    jpush.deleteSchedule(id);
    assertThatThrownBy(() -> jpush.getSchedule(id))
        .isInstanceOfSatisfying(
            APIRequestException.class,
            fault -> assertThat(fault.getErrorCode()).isEqualTo(8104));
  }

  private String key() {
    return demo.at("/jpush/appKey").asText();
  }

  @Test
  void reports_tellWhatBecameOfAPush() throws Exception {
    PushResult pushed = jpush.sendPush(toDevice("counted").build());
    JsonNode shown = next("notify");
    device.report(shown.path("delivery").asText(), "opened");
    String id = Long.toString(pushed.msg_id);
    api.await("/api/v1/tasks/" + id, view -> view.at("/counts/opened").asInt() == 1);

    assertThat(jpush.getReportReceiveds(id).received_list.getFirst().android_received)
        .isEqualTo(1);
    assertThat(jpush.getReceivedsDetail(id).received_list.getFirst().jpush_received).isEqualTo(1);
    assertThat(jpush.getReportMessages(id).messages).hasSize(1);
    assertThat(jpush.getMessagesDetail(id).isResultOK()).isTrue();
    assertThat(
            jpush
                .getMessageStatus(
                    CheckMessagePayload.newBuilder()
                        .setMsgId(pushed.msg_id)
                        .addRegistrationIds(device.id())
                        .build())
                .get(device.id())
                .getStatus())
        .isZero();
    String today = LocalDate.now(ZoneId.of("Asia/Shanghai")).toString();
    assertThat(jpush.getReportUsers(TimeUnit.DAY, today, 1).items).hasSize(1);
  }
}
