// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.jiguang.common.ClientConfig;
import cn.jiguang.common.resp.APIRequestException;
import cn.jpush.api.JPushClient;
import cn.jpush.api.push.GroupPushClient;
import cn.jpush.api.push.GroupPushResult;
import cn.jpush.api.push.PushResult;
import cn.jpush.api.push.model.EncryptKeys;
import cn.jpush.api.push.model.Message;
import cn.jpush.api.push.model.Options;
import cn.jpush.api.push.model.Platform;
import cn.jpush.api.push.model.PushPayload;
import cn.jpush.api.push.model.audience.Audience;
import cn.jpush.api.push.model.notification.AndroidNotification;
import cn.jpush.api.push.model.notification.HmosNotification;
import cn.jpush.api.push.model.notification.IosAlert;
import cn.jpush.api.push.model.notification.IosNotification;
import cn.jpush.api.push.model.notification.Notification;
import cn.jpush.api.push.model.notification.PlatformNotification;
import cn.jpush.api.push.model.notification.QuickappNotification;
import com.fasterxml.jackson.databind.JsonNode;
import com.google.gson.JsonObject;
import dev.boomerang.web.field.Json;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// JPush's own Java client against the running server, with a device on HiveMQ's.
@Timeout(120)
class JpushClientIT {
  @TempDir private Path folder;
  private JpushServer server;
  private JPushClient jpush;

  @BeforeEach
  void start() throws Exception {
    server = JpushServer.start(folder, Map.of("jpush-pushes-per-minute", "600"));
    jpush = new JPushClient(server.secret(), server.key(), null, server.clientConfig());
  }

  @AfterEach
  void stop() {
    jpush.close();
    server.close();
  }

  private PushPayload.Builder toDevice(String alert) {
    return PushPayload.newBuilder()
        .setPlatform(Platform.all())
        .setAudience(Audience.registrationId(server.device().id()))
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

  @Test
  void push_isShown_andRecalled() throws Exception {
    PushResult pushed = jpush.sendPush(toDevice("正文 😀").build());
    assertThat(pushed.isResultOK()).isTrue();
    assertThat(pushed.getRateLimitQuota()).isEqualTo(600);
    assertThat(pushed.getRateLimitRemaining()).isLessThan(600);
    JsonNode shown = server.next("notify");
    assertThat(shown.path("title").asText()).isEqualTo("标题");
    assertThat(shown.path("body").asText()).isEqualTo("正文 😀");
    server.device().report(shown.path("delivery").asText(), "shown");

    assertThat(jpush.deletePush(Long.toString(pushed.msg_id)).isResultOK()).isTrue();

    assertThat(server.next("withdraw").at("/deliveries/0")).isEqualTo(shown.path("delivery"));
    server.device().report(shown.path("delivery").asText(), "withdrawn");
    server
        .api()
        .await("/api/v1/tasks/" + pushed.msg_id, view -> view.at("/counts/recalled").asInt() == 1);
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
    JsonNode first = server.next("notify");
    server.device().report(first.path("delivery").asText(), "shown");

    PushResult fresh =
        jpush.sendPush(
            toDevice("new")
                .setOptions(Options.newBuilder().setOverrideMsgId(old.msg_id).build())
                .build());

    JsonNode second = server.next("notify");
    assertThat(second.path("slot").asText()).isEqualTo(Long.toString(old.msg_id));
    assertThat(second.path("task").asText()).isEqualTo(Long.toString(fresh.msg_id));
    server.device().report(first.path("delivery").asText(), "replaced");
    server
        .api()
        .await("/api/v1/tasks/" + old.msg_id, view -> view.at("/counts/overridden").asInt() == 1);
    var none = Options.newBuilder().setOverrideMsgId(12345L).build();
    refused(1003, () -> jpush.sendPush(toDevice("none").setOptions(none).build()));
  }

  @Test
  void everyKindOfPush_isTaken() throws Exception {
    assertThat(jpush.sendNotificationAll("to all").isResultOK()).isTrue();
    server.next("notify");
    assertThat(jpush.sendMessageAll("data to all").isResultOK()).isTrue();
    server.next("data");
    assertThat(jpush.sendPushValidate(toDevice("checked").build()).isResultOK()).isTrue();
    var cids = jpush.getCidList(2, "push");
    assertThat(cids.cidlist).hasSize(2);
    PushPayload once = toDevice("once").setCid(cids.cidlist.getFirst()).build();
    assertThat(jpush.sendPush(once).msg_id).isEqualTo(jpush.sendPush(once).msg_id);
    server.next("notify");
    var batch =
        jpush.batchSendPushByRegId(
            List.of(
                PushPayload.newBuilder()
                    .setPlatform(Platform.all())
                    .setTarget(server.device().id())
                    .setMessage(Message.content("one of a batch"))
                    .build()));
    assertThat(batch.isResultOK()).isTrue();
    server.next("data");
  }

  @Test
  void faults_areReadAsTheClientKnowsThem() {
    var wrong = new JPushClient("0".repeat(24), server.key(), null, server.clientConfig());
    assertThatThrownBy(() -> wrong.sendNotificationAll("x"))
        .isInstanceOfSatisfying(
            APIRequestException.class,
            fault -> {
              assertThat(fault.getStatus()).isEqualTo(401);
              assertThat(fault.getErrorCode()).isEqualTo(1004);
            });
    PushPayload.Builder nobody =
        toId("", Notification.alert("x")).setAudience(Audience.tag("nobody"));
    refused(1011, () -> jpush.sendPush(nobody.build()));
  }

  private PushPayload.Builder toId(String id, Notification notification) {
    return PushPayload.newBuilder()
        .setPlatform(Platform.all())
        .setAudience(Audience.registrationId(id))
        .setNotification(notification);
  }

  private Notification.Builder with(PlatformNotification own) {
    return Notification.newBuilder().setAlert("common").addPlatformNotification(own);
  }

  @Test
  void android_isShownAsItsBuilderSays() throws Exception {
    var intent = new JsonObject();
    intent.addProperty("url", "intent:#Intent;component=a/b;end");
    var android =
        AndroidNotification.newBuilder()
            .setAlert("正文")
            .setTitle("t")
            .setBuilderId(1)
            .setChannelId("c")
            .setPriority(1)
            .setCategory("CATEGORY_RECOMMENDATION")
            .setStyle(1)
            .setAlertType(0)
            .setBigText("long")
            .setLargeIcon("https://x/y.png")
            .setSmallIconUri("https://x/z.png")
            .setIntent(intent)
            .setBadgeAddNum(1)
            .setBadgeClass("a.B")
            .setSound("s")
            .setShowBeginTime("2026-01-01 00:00:00")
            .setShowEndTime("2030-01-01 00:00:00")
            .setDisplayForeground("1")
            .addExtra("number", 7)
            .addExtra("yes", true)
            .addCustom("badge_set_num", 3)
            .addCustom("icon_bg_color", "#fff")
            .build();

    jpush.sendPush(toId(server.device().id(), with(android).build()).build());

    JsonNode shown = server.next("notify");
    assertThat(shown.path("body").asText()).isEqualTo("long");
    assertThat(shown.at("/style/kind").asText("") + shown.path("style")).contains("bigText");
    assertThat(shown.path("silent").asBoolean()).isTrue();
    assertThat(shown.at("/click/uri").asText()).startsWith("intent:");
    assertThat(shown.at("/extras/number").asText()).isEqualTo("7");
    assertThat(shown.at("/extras/yes").asText()).isEqualTo("true");
  }

  @Test
  void ios_isShownAsItsBuilderSays() throws Exception {
    var alert = IosAlert.newBuilder().setTitleAndBody("t", "sub", "b").build();
    var ios =
        IosNotification.newBuilder()
            .setAlert(alert)
            .setBadge(5)
            .setSound("s.caf")
            .setContentAvailable(true)
            .setMutableContent(true)
            .setCategory("c")
            .setThreadId("thread")
            .setInterruptionLevel("active")
            .addExtra("k", "v")
            .build();

    JsonNode shown = shownOn("ios", with(ios).addVoip("k", "v").build());

    assertThat(shown.path("title").asText()).isEqualTo("t");
    assertThat(shown.path("body").asText()).isEqualTo("b");
    assertThat(shown.at("/extras/k").asText()).isEqualTo("v");
  }

  @Test
  void harmony_isShownAsItsBuilderSays() throws Exception {
    var intent = new JsonObject();
    intent.addProperty("url", "action.system.home");
    var hmos =
        HmosNotification.newBuilder()
            .setAlert("b")
            .setTitle("t")
            .setCategory("WORK")
            .setLarge_icon("https://x/y.png")
            .setIntent(intent)
            .setBadge_add_num(1)
            .setTest_message(true)
            .setReceipt_id("r")
            .addExtra("k", "v")
            .addCustom("badge_set_num", 3)
            .build();

    JsonNode shown = shownOn("harmony", with(hmos).build());

    assertThat(shown.path("title").asText()).isEqualTo("t");
    assertThat(shown.at("/click/uri").asText()).isEqualTo("action.system.home");
  }

  @Test
  void quickapp_isShownAsItsBuilderSays() throws Exception {
    var quickapp =
        QuickappNotification.newBuilder()
            .setAlert("b")
            .setTitle("t")
            .setPage("/page1")
            .addExtra("k", "v")
            .build();

    JsonNode shown = shownOn("quickapp", with(quickapp).build());

    assertThat(shown.path("title").asText()).isEqualTo("t");
    assertThat(shown.at("/click/uri").asText()).isEqualTo("/page1");
  }

  private JsonNode shownOn(String platform, Notification notification) throws Exception {
    try (var other = HiveMqttDevice.connect(server.api(), server.demo(), "bob", platform)) {
      jpush.sendPush(toId(other.id(), notification).build());
      JsonNode shown = other.next();
      assertThat(shown.path("type").asText()).isEqualTo("notify");
      return shown;
    }
  }

  @Test
  void groupPush_isShown_andReported() throws Exception {
    var group = new GroupPushClient(server.secret(), server.key(), null, server.clientConfig());

    GroupPushResult pushed = group.sendGroupPush(toDevice("grouped").build());

    assertThat(RequiredEntries.in(pushed.getAppResultMap(), server.key()).msg_id)
        .isEqualTo(Long.parseLong(pushed.getGroupMsgId()));
    assertThat(server.next("notify").path("body").asText()).isEqualTo("grouped");
    server.await(pushed.getGroupMsgId(), "delivered", 1);
    assertThat(jpush.getGroupMessagesDetail(pushed.getGroupMsgId()).isResultOK()).isTrue();
    var overriding =
        toDevice("new").setOptions(Options.newBuilder().setOverrideMsgId(1L).build()).build();
    refused(1003, () -> group.sendGroupPush(overriding));
  }

  @Test
  void callback_andOtherCustomMembers_areTaken() throws Exception {
    var callback = new JsonObject();
    callback.addProperty("url", "http://127.0.0.1:1/callback");
    callback.addProperty("type", 3);

    PushResult pushed =
        jpush.sendPush(toDevice("called back").addCustom("callback", callback).build());

    assertThat(pushed.isResultOK()).isTrue();
    server.next("notify");
  }

  /// Only the vendor can read it. The client would say otherwise by itself, so it is set back.
  @Test
  void encryptedPush_is1003_andSendsNothing() {
    ClientConfig config = server.clientConfig();
    config.setEncryptType(EncryptKeys.ENCRYPT_SMS2_TYPE);
    var encrypting = new JPushClient(server.secret(), server.key(), null, config);
    try {
      refused(1003, () -> encrypting.sendPush(toDevice("secret").build()));
    } finally {
      encrypting.close();
      server.clientConfig();
    }
  }

  @Test
  void push_recalledThroughTheNativeApi_isGoneForJpushToo() throws Exception {
    PushResult pushed = jpush.sendPush(toDevice("taken back").build());
    JsonNode shown = server.next("notify");
    String task = "/api/v1/tasks/" + pushed.msg_id;

    JsonNode recall = server.api().post(task + "/recall", Json.object());

    assertThat(server.next("withdraw").at("/deliveries/0")).isEqualTo(shown.path("delivery"));
    server.device().report(shown.path("delivery").asText(), "withdrawn");
    server.await(Long.toString(pushed.msg_id), "recalled", 1);
    assertThat(recall.path("id").asText()).isNotEmpty();
    assertThat(jpush.deletePush(Long.toString(pushed.msg_id)).isResultOK()).isTrue();
  }

  @Test
  void push_recalledThroughMpaas_isGoneForJpushToo() throws Exception {
    PushResult pushed = jpush.sendPush(toDevice("taken back").build());
    JsonNode shown = server.next("notify");
    String id = Long.toString(pushed.msg_id);

    new AliyunClient(server.demo(), server.httpPort()).call("RevokePushTask", Map.of("TaskId", id));

    assertThat(server.next("withdraw").at("/deliveries/0")).isEqualTo(shown.path("delivery"));
    server.device().report(shown.path("delivery").asText(), "withdrawn");
    server.await(id, "recalled", 1);
    assertThat(jpush.deletePush(id).isResultOK()).isTrue();
  }

  private static void refused(int code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            APIRequestException.class, fault -> assertThat(fault.getErrorCode()).isEqualTo(code));
  }
}
