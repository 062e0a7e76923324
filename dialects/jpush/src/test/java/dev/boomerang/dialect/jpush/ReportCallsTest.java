// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.jpush;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.boomerang.model.push.DeliveryId;
import dev.boomerang.model.push.Receipt;
import dev.boomerang.model.push.TaskId;
import dev.boomerang.model.registration.Platform;
import dev.boomerang.model.registration.Registration;
import dev.boomerang.web.field.Json;
import dev.boomerang.web.http.Reply;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReportCallsTest {
  private final JpushFixture jpushFixture = new JpushFixture();

  @AfterEach
  void close() {
    jpushFixture.close();
  }

  /// To everyone of two platforms.
  private TaskId push() {
    return jpushFixture.pushed(
        "{'platform':['android','ios','hmos'],'audience':{'tag':['t']},"
            + "'notification':{'alert':'hi'}}");
  }

  private void fetch(Registration... phones) {
    for (Registration phone : phones) {
      jpushFixture
          .mailbox(phone)
          .forEach(it -> jpushFixture.engine.devices().acknowledged(it.delivery()));
    }
    jpushFixture.engine.awaitIdle();
  }

  private void receipt(Registration phone, TaskId task, Receipt.Event event) {
    var id = new DeliveryId(task, phone.id());
    jpushFixture
        .engine
        .devices()
        .receipts(phone.id(), List.of(new Receipt(id, event, jpushFixture.clock.instant())));
  }

  private JsonNode row(String path, Object id) {
    Reply reply = jpushFixture.get("/v3/" + path + "?msg_ids=" + id);
    assertThat(reply.status()).isEqualTo(200);
    assertThat(JpushFixture.json(reply)).hasSize(1);
    return JpushFixture.json(reply).get(0);
  }

  @Test
  void received_countsWhatArrived_byPlatform() {
    Registration one = jpushFixture.phone(Platform.ANDROID, Optional.empty(), "t");
    jpushFixture.phone(Platform.ANDROID, Optional.empty(), "t");
    jpushFixture.phone(Platform.IOS, Optional.empty(), "t");
    TaskId task = push();
    fetch(one);

    assertThat(row("received", task).toString())
        .isEqualTo(
            "{\"msg_id\":\""
                + task
                + "\",\"android_received\":1,\"ios_apns_sent\":null,\"ios_apns_received\":null,"
                + "\"ios_msg_received\":0,\"wp_mpns_sent\":null}");
    JsonNode detail = row("received/detail/", task);
    assertThat(detail.path("jpush_received").intValue()).isEqualTo(1);
    assertThat(detail.path("android_pns_sent").isNull()).isTrue();
    assertThat(detail.path("ios_msg_received").intValue()).isZero();
    assertThat(detail.path("hmos_msg_received").isNull()).isTrue();
    assertThat(detail.path("msg_id").isTextual()).isTrue();
  }

  @Test
  void received_ofSeveral_keepsTheirOrder_andUnknownOnesHaveNoData() {
    Registration phone = jpushFixture.phone(Platform.ANDROID, Optional.empty(), "t");
    TaskId first = push();
    TaskId second = push();
    fetch(phone);

    JsonNode rows =
        JpushFixture.json(
            jpushFixture.get("/v3/received?msg_ids=" + second + "%2C18100287008390041," + first));

    assertThat(rows.findValuesAsText("msg_id"))
        .containsExactly(second.toString(), "18100287008390041", first.toString());
    assertThat(rows.findValuesAsText("android_received")).containsExactly("1", "null", "1");
  }

  @Test
  void reports_ofAnotherAppsMessage_orAfterAMonth_haveNoData() {
    Registration phone = jpushFixture.phone(Platform.ANDROID, Optional.empty(), "t");
    TaskId task = push();
    fetch(phone);

    JsonNode foreign =
        JpushFixture.json(
            jpushFixture.as(JpushFixture.BANK_KEY, "GET", "/v3/received?msg_ids=" + task, "null"));
    assertThat(foreign.get(0).path("android_received").isNull()).isTrue();

    jpushFixture.clock.advance(Duration.ofDays(30).minusMillis(1));
    assertThat(row("received", task).path("android_received").intValue()).isEqualTo(1);
    jpushFixture.clock.advance(Duration.ofMillis(1));
    assertThat(row("received", task).path("android_received").isNull()).isTrue();
    assertThat(row("messages/detail", task).path("details")).isEqualTo(Json.object());
  }

  @Test
  void messages_haveTargetsAndClicks() {
    Registration opened = jpushFixture.phone(Platform.ANDROID, Optional.empty(), "t");
    Registration arrived = jpushFixture.phone(Platform.ANDROID, Optional.empty(), "t");
    jpushFixture.phone(Platform.ANDROID, Optional.empty(), "t");
    TaskId task = push();
    fetch(opened, arrived);
    receipt(opened, task, Receipt.Event.OPENED);

    JsonNode row = row("messages", task);

    assertThat(row.path("android").toString())
        .isEqualTo(
            "{\"received\":2,\"target\":3,\"online_push\":2,\"click\":1,\"msg_click\":null}");
    assertThat(row.path("ios")).isEqualTo(Json.object());
    assertThat(row.path("winphone")).isEqualTo(Json.object());
  }

  @Test
  void details_tellWhatWasShown_byPlatformAndChannel() {
    Registration shown = jpushFixture.phone(Platform.ANDROID, Optional.empty(), "t");
    Registration opened = jpushFixture.phone(Platform.ANDROID, Optional.empty(), "t");
    Registration harmony = jpushFixture.phone(Platform.HARMONY, Optional.empty(), "t");
    jpushFixture.phone(Platform.IOS, Optional.empty(), "t");
    TaskId task = push();
    fetch(shown, opened, harmony);
    receipt(shown, task, Receipt.Event.SHOWN);
    receipt(opened, task, Receipt.Event.SHOWN);
    receipt(opened, task, Receipt.Event.OPENED);

    JsonNode row = row("messages/detail", task);

    assertThat(row.path("jpush").toString())
        .isEqualTo(
            "{\"target\":2,\"online_push\":2,\"received\":2,\"click\":1,\"msg_click\":null}");
    assertThat(row.has("android_pns")).isTrue();
    assertThat(row.path("ios").path("msg_target").intValue()).isEqualTo(1);
    JsonNode details = row.path("details");
    assertThat(details.properties()).hasSize(1);
    assertThat(details.at("/notification/sub_android/jg_android").toString())
        .isEqualTo("{\"target\":2,\"sent\":2,\"received\":2,\"display\":2,\"click\":1}");
    assertThat(details.at("/notification/sub_hmos/jg_hmos/received").intValue()).isEqualTo(1);
    assertThat(details.at("/notification/sub_ios/jg_ios").toString())
        .isEqualTo("{\"target\":1,\"sent\":0,\"received\":0,\"display\":0,\"click\":0}");
    assertThat(details.at("/notification/target").intValue()).isEqualTo(4);
  }

  @Test
  void details_ofBothKinds_haveBoth() {
    jpushFixture.phone(Platform.ANDROID, Optional.empty(), "t");
    TaskId task =
        jpushFixture.pushed(
            "{'platform':'all','audience':{'tag':['t']},'notification':{'alert':'hi'},"
                + "'message':{'msg_content':'m'}}");

    assertThat(row("messages/detail", task).path("details").properties())
        .extracting(java.util.Map.Entry::getKey)
        .containsExactly("message", "notification");
  }

  @Test
  void details_ofAPushToEveryone_countWhoCame() {
    Registration phone = jpushFixture.phone(Platform.ANDROID, Optional.empty());
    jpushFixture.phone(Platform.ANDROID, Optional.empty());
    TaskId task =
        jpushFixture.pushed("{'platform':'all','audience':'all','message':{'msg_content':'m'}}");
    fetch(phone);

    assertThat(row("messages/detail", task).at("/details/message/received").intValue())
        .isEqualTo(1);
    assertThat(row("received", task).path("android_received").intValue()).isEqualTo(1);
  }

  @Test
  void recalledMessage_isOnNoScreenAnyMore() {
    Registration shown = jpushFixture.phone(Platform.ANDROID, Optional.empty(), "t");
    jpushFixture.phone(Platform.ANDROID, Optional.empty(), "t");
    TaskId task = push();
    fetch(shown);
    receipt(shown, task, Receipt.Event.SHOWN);
    assertThat(row("messages/detail", task).at("/details/notification").toString())
        .startsWith("{\"target\":2,\"sent\":1,\"received\":1,\"display\":1,\"click\":0");

    jpushFixture.as(JpushFixture.KEY, "DELETE", "/v3/push/" + task, "");
    receipt(shown, task, Receipt.Event.WITHDRAWN);

    assertThat(row("messages/detail", task).at("/details/notification").toString())
        .startsWith("{\"target\":2,\"sent\":1,\"received\":1,\"display\":0,\"click\":0");
  }

  @ParameterizedTest
  @CsvSource({
    "/v3/received, msg_ids",
    "/v3/received?msg_ids=, msg_ids",
    "/v3/received?msg_ids=1a, msg_ids",
    "/v3/messages/detail?msg_ids=1;2, msg_ids",
    "/v3/received/detail?msg_ids=-1, msg_ids",
    "/v3/messages?msg_ids=12345678901234567890, msg_ids",
    "/v3/group/messages/detail, group_msgids"
  })
  void ids_thatAreNone_are3002(String target, String name) {
    Reply reply = jpushFixture.get(target);

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.body().text())
        .isEqualTo("{\"error\":{\"code\":3002,\"message\":\"Invalid parameter `" + name + "`.\"}}");
  }

  @ParameterizedTest
  @CsvSource({"received, msg_ids, 100", "group/messages/detail, group_msgids, 10"})
  void ids_moreThanAllowed_are3002(String path, String name, int most) {
    String many =
        IntStream.rangeClosed(1, most).mapToObj(Integer::toString).collect(Collectors.joining(","));

    Reply good = jpushFixture.get("/v3/" + path + "?" + name + "=" + many);
    Reply bad = jpushFixture.get("/v3/" + path + "?" + name + "=" + many + ",0");

    assertThat(JpushFixture.json(good)).hasSize(most);
    assertThat(JpushFixture.code(bad)).isEqualTo(3002);
  }

  @Test
  void groupMessage_isReportedUnderItsGroupId() {
    Registration phone = jpushFixture.android("ada");
    Reply pushed =
        jpushFixture.as(
            "group-" + JpushFixture.KEY,
            "POST",
            "/v3/grouppush",
            "{'platform':'all','audience':{'alias':['ada']},'notification':{'alert':'hi'}}");
    String id = JpushFixture.json(pushed).path("group_msgid").textValue();
    fetch(phone);

    for (String name : List.of("group_msgids", "group_msgid")) {
      JsonNode rows =
          JpushFixture.json(jpushFixture.get("/v3/group/messages/detail?" + name + "=" + id));
      assertThat(rows.get(0).path("group_msgid").textValue()).isEqualTo(id);
      assertThat(rows.get(0).at("/jpush/received").intValue()).isEqualTo(1);
      assertThat(rows.get(0).has("android_pns")).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"%s", "'%s'"})
  void status_tellsDeliveredFromNot_foreignAndUntargeted(String msgId) {
    Registration got = jpushFixture.android("ada");
    Registration waits = jpushFixture.android("ada");
    Registration other = jpushFixture.android("bob");
    TaskId task =
        jpushFixture.pushed(
            "{'platform':'all','audience':{'alias':['ada']},'notification':{'alert':'hi'}}");
    fetch(got);

    Reply reply =
        jpushFixture.post(
            "/v3/status/message",
            ("{'msg_id':"
                    + msgId
                    + ",'date':'2026-01-01','registration_ids':['%s','%s','%s','rid1']}")
                .formatted(task, got.id(), waits.id(), other.id()));

    assertThat(reply.status()).isEqualTo(200);
    JsonNode body = JpushFixture.json(reply);
    assertThat(body.path(got.id().value()).toString()).isEqualTo("{\"status\":0}");
    assertThat(body.path(waits.id().value()).toString()).isEqualTo("{\"status\":1}");
    assertThat(body.path(other.id().value()).toString()).isEqualTo("{\"status\":3}");
    assertThat(body.path("rid1").toString()).isEqualTo("{\"status\":2}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'registration_ids':['r']}",
        "{'msg_id':'x','registration_ids':['r']}",
        "{'msg_id':18100287008390041,'registration_ids':['r']}",
        "{'msg_id':%s}",
        "{'msg_id':%s,'registration_ids':[]}",
        "{'msg_id':%s,'registration_ids':'r'}",
        "{'msg_id':%s,'registration_ids':['r'],'date':'01.02.2026'}",
        "{"
      })
  void status_askedInAWrongWay_is3002(String body) {
    jpushFixture.phone(Platform.ANDROID, Optional.empty(), "t");
    TaskId task = push();

    Reply reply = jpushFixture.post("/v3/status/message", body.replace("%s", task.toString()));

    assertThat(reply.status()).isEqualTo(400);
    assertThat(JpushFixture.code(reply)).isEqualTo(3002);
  }

  @Test
  void users_areCountedWhereTheyJoined() {
    jpushFixture.phone(Platform.ANDROID, Optional.empty());
    jpushFixture.phone(Platform.ANDROID, Optional.empty());
    jpushFixture.phone(Platform.IOS, Optional.empty());
    jpushFixture.clock.advance(Duration.ofHours(9));
    jpushFixture.phone(Platform.HARMONY, Optional.empty());

    Reply days = jpushFixture.get("/v3/users?time_unit=DAY&start=2025-12-31&duration=3");
    assertThat(days.body().text())
        .isEqualTo(
            "{\"time_unit\":\"DAY\",\"start\":\"2025-12-31\",\"duration\":3,\"items\":["
                + "{\"time\":\"2025-12-31\"},"
                + "{\"time\":\"2026-01-01\",\"android\":{\"new\":2,\"online\":null,\"active\":null},"
                + "\"ios\":{\"new\":1,\"online\":null,\"active\":null}},"
                + "{\"time\":\"2026-01-02\",\"hmos\":{\"new\":1,\"online\":null,\"active\":null}}]}");
    assertThat(
            JpushFixture.json(
                    jpushFixture.get("/v3/users?time_unit=MONTH&start=2026-01&duration=1"))
                .at("/items/0/android/new")
                .intValue())
        .isEqualTo(2);
    JsonNode hours =
        JpushFixture.json(
            jpushFixture.get("/v3/group/users?time_unit=HOUR&start=2026-01-02+01&duration=2"));
    assertThat(hours.at("/items/0/hmos/new").intValue()).isEqualTo(1);
    assertThat(hours.at("/items/1").toString()).isEqualTo("{\"time\":\"2026-01-02 02\"}");
  }

  @ParameterizedTest
  @CsvSource({
    "time_unit=WEEK&start=2026-01-01&duration=1, 3002",
    "start=2026-01-01&duration=1, 3002",
    "time_unit=DAY&start=2026-01-01&duration=0, 3002",
    "time_unit=DAY&start=2026-01-01, 3002",
    "time_unit=DAY&duration=1, 3002",
    "time_unit=HOUR&start=2025-12-31%2009&duration=1, 3002",
    "time_unit=DAY&start=2026-01&duration=1, 3004",
    "time_unit=MONTH&start=2026-01-01&duration=1, 3004",
    "time_unit=HOUR&start=2026-01-01&duration=1, 3004",
    "time_unit=DAY&start=2026-02-30&duration=1, 3004",
    "time_unit=DAY&start=2026-01-01&duration=61, 3005",
    "time_unit=DAY&start=2025-11-01&duration=1, 3005",
    "time_unit=HOUR&start=2026-01-01%2009&duration=25, 3005"
  })
  void users_askedInAWrongWay_areRefused(String query, int code) {
    Reply reply = jpushFixture.get("/v3/users?" + query);

    assertThat(reply.status()).isEqualTo(400);
    assertThat(JpushFixture.code(reply)).isEqualTo(code);
  }

  @Test
  void credentials_thatAreWrong_are3001() {
    Reply reply =
        jpushFixture.call(
            "GET",
            "/v3/received?msg_ids=1",
            JpushFixture.basic(JpushFixture.KEY, "no"),
            new byte[0]);

    assertThat(reply.status()).isEqualTo(401);
    assertThat(JpushFixture.code(reply)).isEqualTo(3001);
  }
}
