// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.jiguang.common.TimeUnit;
import cn.jiguang.common.resp.APIRequestException;
import cn.jpush.api.JPushClient;
import cn.jpush.api.JPushConfig;
import cn.jpush.api.admin.AdminClient;
import cn.jpush.api.file.FileClient;
import cn.jpush.api.file.model.FileType;
import cn.jpush.api.image.ImageClient;
import cn.jpush.api.image.model.ImageType;
import cn.jpush.api.image.model.ImageUrlPayload;
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
import com.google.gson.JsonSyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What JPush's own Java client does beside pushing, against the running server.
@Timeout(120)
class JpushManagementIT {
  private static final String DEVELOPER = "d".repeat(24);
  private static final String SECRET = "5".repeat(24);

  @TempDir private Path folder;
  private JpushServer server;
  private JPushClient jpush;

  @BeforeEach
  void start() throws Exception {
    server =
        JpushServer.start(
            folder, Map.of("jpush-developer-key", DEVELOPER, "jpush-developer-secret", SECRET));
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
  void devices_tagsAndAliases_areKept() throws Exception {
    String id = server.device().id();
    jpush.updateDeviceTagAlias(id, "ada", Set.of("深圳", "vip"), Set.of());
    assertThat(jpush.getDeviceTagAlias(id).tags).contains("深圳", "vip");
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
    server.next("notify");
    // Raw UTF-8 in the request line.
    assertThat(jpush.deleteTag("深圳", null).isResultOK()).isTrue();
    assertThat(jpush.getTagList().tags).doesNotContain("深圳");
    jpush.removeDevicesFromAlias("ada", Set.of(id));
    assertThat(jpush.getAliasDeviceList("ada", null).registration_ids).isEmpty();
    assertThat(jpush.deleteAlias("ada", null).isResultOK()).isTrue();
    assertThat(jpush.bindMobile(id, "13800000000").isResultOK()).isTrue();
    assertThat(RequiredEntries.in(jpush.getUserOnlineStatus(id), id).getOnline()).isTrue();
  }

  @Test
  void schedules_areMadeChangedAndDeleted() throws Exception {
    var made =
        jpush.createSingleSchedule(
            "new_year",
            "2027-01-01 00:00:00",
            toDevice("later").build(),
            server.secret(),
            server.key());
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
            server.secret(),
            server.key());
    assertThat(daily.getSchedule_id()).isNotEqualTo(id);
    jpush.deleteSchedule(id);
    refused(8104, () -> jpush.getSchedule(id));
  }

  @Test
  void reports_tellWhatBecameOfAPush() throws Exception {
    PushResult pushed = jpush.sendPush(toDevice("counted").build());
    JsonNode shown = server.next("notify");
    server.device().report(shown.path("delivery").asText(), "opened");
    String id = Long.toString(pushed.msg_id);
    server.api().await("/api/v1/tasks/" + id, view -> view.at("/counts/opened").asInt() == 1);

    assertThat(jpush.getReportReceiveds(id).received_list.getFirst().android_received).isEqualTo(1);
    assertThat(jpush.getReceivedsDetail(id).received_list.getFirst().jpush_received).isEqualTo(1);
    assertThat(jpush.getReportMessages(id).messages).hasSize(1);
    assertThat(jpush.getMessagesDetail(id).isResultOK()).isTrue();
    assertThat(
            RequiredEntries.in(
                    jpush.getMessageStatus(
                        CheckMessagePayload.newBuilder()
                            .setMsgId(pushed.msg_id)
                            .addRegistrationIds(server.device().id())
                            .build()),
                    server.device().id())
                .getStatus())
        .isZero();
    String today = LocalDate.now(ZoneId.of("Asia/Shanghai")).toString();
    assertThat(jpush.getReportUsers(TimeUnit.DAY, today, 1).items).hasSize(1);
  }

  @Test
  void file_isKept_pushedTo_andDeleted() throws Exception {
    var files = new FileClient(server.secret(), server.key(), null, server.clientConfig());
    Path ids = Files.writeString(folder.resolve("ids.txt"), server.device().id() + "\n");

    String file = files.uploadFile(FileType.REGISTRATION_ID, ids.toString(), 24).getFile_id();

    assertThat(file).startsWith(server.key() + "-");
    PushPayload toFile =
        PushPayload.newBuilder()
            .setPlatform(Platform.all())
            .setAudience(Audience.file(file))
            .setMessage(Message.content("to the file"))
            .build();
    assertThat(jpush.sendFilePush(toFile).isResultOK()).isTrue();
    assertThat(server.next("data").path("body").asText()).isEqualTo("to the file");
    assertThat(files.deleteFile(file).responseCode).isEqualTo(200);
    refused(1003, () -> jpush.sendFilePush(toFile));
  }

  /// The client cannot read the vendor's form of a time, here as there; the form is its documents'.
  @Test
  void files_areListed_inAFormThatThisClientCannotRead() throws Exception {
    var files = new FileClient(server.secret(), server.key(), null, server.clientConfig());
    Path aliases = Files.writeString(folder.resolve("aliases.txt"), "alias_ada\n");
    String file = files.uploadFile(FileType.ALIAS, aliases.toString()).getFile_id();

    assertThatThrownBy(files::queryEffectFiles).isInstanceOf(JsonSyntaxException.class);
    assertThatThrownBy(() -> files.queryFile(file)).isInstanceOf(JsonSyntaxException.class);
    files.deleteFile(file);
    assertThat(files.queryEffectFiles().getTotal_count()).isZero();
  }

  @Test
  void image_isItsAddresses_andShownByItsId() throws Exception {
    var images = new ImageClient(server.secret(), server.key(), null, server.clientConfig());
    var made =
        images.uploadImage(
            ImageUrlPayload.Builder.builder()
                .setImageType(ImageType.BIG_PICTURE)
                .setImageUrl("https://x/all.png")
                .setJiguangImageUrl("https://x/own.png")
                .build());
    assertThat(made.getJiguangImageUrl()).isEqualTo("https://x/own.png");

    var changed =
        images.modifyImage(
            made.getMediaId(),
            ImageUrlPayload.Builder.builder().setOppoImageUrl("https://x/oppo.png").build());

    assertThat(changed.getOppoImageUrl()).isEqualTo("https://x/oppo.png");
    var picture =
        AndroidNotification.newBuilder()
            .setAlert("a picture")
            .setStyle(3)
            .setBigPicPath(made.getMediaId())
            .build();
    jpush.sendPush(
        PushPayload.newBuilder()
            .setPlatform(Platform.android())
            .setAudience(Audience.registrationId(server.device().id()))
            .setNotification(Notification.newBuilder().addPlatformNotification(picture).build())
            .build());
    assertThat(server.next("notify").toString()).contains("https://x/own.png");
  }

  @Test
  void developer_makesAndDeletesApps() throws Exception {
    JPushConfig config = JPushConfig.getInstance().setAdminHostName(server.url());
    var admin = new AdminClient(DEVELOPER, SECRET, null, config);

    var app = admin.createApp("应用", "cn.app", "");

    assertThat(app.is_new_created()).isTrue();
    assertThat(app.getAndroid_package()).isEqualTo("cn.app");
    assertThat(admin.deleteApp(app.getApp_key()).isResultOK()).isTrue();
  }

  /// The message that a schedule overrides is looked for when it fires.
  @Test
  void schedule_takesAnOlderMessagesPlace() throws Exception {
    long old = jpush.sendPush(toDevice("old").build()).msg_id;
    server.next("notify");
    var overriding =
        toDevice("new").setOptions(Options.newBuilder().setOverrideMsgId(old).build()).build();
    String soon =
        DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss")
            .format(LocalDateTime.now(ZoneId.of("Asia/Shanghai")).plusSeconds(2));

    String id =
        jpush
            .createSingleSchedule("soon", soon, overriding, server.secret(), server.key())
            .getSchedule_id();

    JsonNode shown = server.next("notify");
    assertThat(shown.path("slot").asText()).isEqualTo(Long.toString(old));
    assertThat(shown.path("body").asText()).isEqualTo("new");
    assertThat(fired(id)).contains(shown.path("task").asText());
  }

  /// The device may have the message before the schedule is marked as fired.
  private String fired(String id) throws Exception {
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (jpush.getScheduleMsgIds(id).getCount() == 0 && System.nanoTime() - end < 0) {
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
    return jpush.getScheduleMsgIds(id).getMsgids().toString();
  }

  private static void refused(int code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            APIRequestException.class, fault -> assertThat(fault.getErrorCode()).isEqualTo(code));
  }
}
