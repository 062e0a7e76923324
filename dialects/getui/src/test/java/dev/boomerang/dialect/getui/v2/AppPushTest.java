// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui.v2;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.boomerang.dialect.getui.GetuiFixture;
import dev.boomerang.model.push.Audience;
import dev.boomerang.model.push.Push;
import dev.boomerang.model.push.SendRate;
import dev.boomerang.model.registration.Platform;
import dev.boomerang.model.registration.Registration;
import dev.boomerang.web.http.Reply;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AppPushTest {
  private final V2ApiFixture api = new V2ApiFixture();
  private final Registration ada = api.fixture.android("ada", "vip", "gold");
  private final Registration bob = api.fixture.android("bob", "vip");
  private final Registration iris =
      api.fixture.phone(Platform.IOS, Optional.of("iris"), Optional.of("33010000"), "vip");

  @AfterEach
  void close() {
    api.close();
  }

  private String task(String path, String audience, String more) {
    return api.push(path, audience, more).path("taskid").asText();
  }

  private String tag(String conditions) {
    return task("tag", "{'tag':[" + conditions + "]}", V2ApiFixture.TEXT);
  }

  @Test
  void all_reachesEverybody() {
    String task = task("all", "'all'", V2ApiFixture.TEXT);

    assertThat(task).matches("RASA_\\d{4}_[0-9a-f]{32}");
    assertThat(api.fixture.tasks(ada)).containsExactly(V2ApiFixture.number(task));
    assertThat(api.fixture.tasks(iris)).containsExactly(V2ApiFixture.number(task));
    Reply reply = api.call("POST", "/push/all", api.body("{'cid':['x']}", V2ApiFixture.TEXT));
    assertThat(V2ApiFixture.message(reply)).startsWith("audience is invalid");
  }

  @Test
  void tags_areJoinedByTheirType_andConditionsByAnd() {
    assertReached(
        tag("{'key':'custom_tag','values':['gold','x'],'opt_type':'or'}"), true, false, false);
    assertReached(
        tag("{'key':'custom_tag','values':['vip','gold'],'opt_type':'and'}"), true, false, false);
    assertReached(
        tag("{'key':'custom_tag','values':['gold'],'opt_type':'not'}"), false, true, true);
    assertReached(
        tag(
            "{'key':'phone_type','values':['android'],'opt_type':'and'},"
                + "{'key':'custom_tag','values':['vip'],'opt_type':'or'}"),
        true,
        true,
        false);
    assertReached(tag("{'key':'phone_type','values':['IOS'],'opt_type':'or'}"), false, false, true);
  }

  @Test
  void province_standsForItsCities() {
    assertReached(
        tag("{'key':'region','values':['33000000'],'opt_type':'or'}"), false, false, true);
    assertReached(
        tag("{'key':'region','values':['33010000'],'opt_type':'or'}"), false, false, true);
    assertReached(
        tag("{'key':'region','values':['33000000'],'opt_type':'not'}"), true, true, false);
  }

  private void assertReached(String task, boolean toAda, boolean toBob, boolean toIris) {
    assertThat(api.fixture.tasks(ada).contains(V2ApiFixture.number(task))).isEqualTo(toAda);
    assertThat(api.fixture.tasks(bob).contains(V2ApiFixture.number(task))).isEqualTo(toBob);
    assertThat(api.fixture.tasks(iris).contains(V2ApiFixture.number(task))).isEqualTo(toIris);
  }

  @Test
  void fastCustomTag_isATag() {
    String task = task("fast_custom_tag", "{'fast_custom_tag':'gold'}", V2ApiFixture.TEXT);

    assertReached(task, true, false, false);
  }

  @Test
  void tagsOfUnknownCid_areRefused() {
    Reply nobody =
        api.call(
            "POST",
            "/push/tag",
            api.body(
                "{'tag':[{'key':'custom_tag','values':['none'],'opt_type':'or'}]}",
                V2ApiFixture.TEXT));
    assertThat(nobody.status()).isEqualTo(400);
    assertThat(V2ApiFixture.code(nobody)).isEqualTo(21001);

    Reply portrait =
        api.call(
            "POST",
            "/push/tag",
            api.body(
                "{'tag':[{'key':'portrait','values':['x'],'opt_type':'or'}]}", V2ApiFixture.TEXT));
    assertThat(V2ApiFixture.code(portrait)).isEqualTo(20001);
    assertThat(V2ApiFixture.message(portrait)).startsWith("tag is invalid");
  }

  /// Looks at the send rate in a schedule, which has the push as it was read.
  @Test
  void speed_isThePaceOfAFixedAudience() {
    long time = api.fixture.clock.instant().plusSeconds(600).toEpochMilli();
    task(
        "all",
        "'all'",
        "'settings':{'speed':100,'schedule_time':" + time + "}," + V2ApiFixture.TEXT);

    Push push =
        api.fixture
            .engine
            .schedules()
            .listActive(GetuiFixture.SHOP, "getui", 0, 1)
            .getFirst()
            .push();
    assertThat(push.options().sendRate()).contains(new SendRate.PerSecond(100));
    assertThat(push.audience()).isInstanceOf(Audience.BySegment.class);
  }

  @Test
  void scheduled_isSentAtItsTime_andKeepsItsName() {
    String task = task("all", "'all'", at(Duration.ofHours(1)));
    JsonNode scheduled = api.data("/task/schedule/" + task).path(task);
    assertThat(scheduled.path("status").asText()).isEqualTo("success");
    assertThat(scheduled.path("send_result").asText()).isEqualTo("do_not_send");
    assertThat(scheduled.path("transmission_content").asText()).isEqualTo("hello");
    assertThat(scheduled.path("create_time").asLong()).isEqualTo(api.fixture.clock.millis());
    assertThat(scheduled.path("push_time").asLong())
        .isEqualTo(api.fixture.clock.millis() + 3_600_000);
    assertThat(api.fixture.mailbox(ada)).isEmpty();

    api.fixture.clock.advance(Duration.ofHours(1));
    api.fixture.engine.schedules().runOnce();

    assertThat(api.fixture.mailbox(ada)).hasSize(1);
    assertThat(api.data("/task/schedule/" + task).path(task).path("send_result").asText())
        .isEqualTo("send_success");
    assertThat(api.data("/report/push/task/" + task).has(task)).isTrue();
    Reply late = api.call("DELETE", "/task/schedule/" + task, "null");
    assertThat(late.status()).isEqualTo(400);
    assertThat(V2ApiFixture.code(late)).isEqualTo(22001);
  }

  private String at(Duration later) {
    long time = api.fixture.clock.instant().plus(later).toEpochMilli();
    return "'settings':{'schedule_time':" + time + "}," + V2ApiFixture.TEXT;
  }

  @Test
  void deletedSchedule_isNotSent() {
    String task = task("all", "'all'", at(Duration.ofHours(1)));

    assertThat(V2ApiFixture.code(api.call("DELETE", "/task/schedule/" + task, ""))).isZero();
    assertThat(V2ApiFixture.code(api.call("DELETE", "/task/schedule/" + task, ""))).isZero();

    api.fixture.clock.advance(Duration.ofHours(1));
    api.fixture.engine.schedules().runOnce();
    assertThat(api.fixture.mailbox(ada)).isEmpty();
    assertThat(api.data("/task/schedule/" + task).path(task).path("send_result").asText())
        .isEqualTo("has_delete");
  }

  @Test
  void schedule_isNotDeletedInItsLastMinute_butStopped() {
    String task = task("all", "'all'", at(Duration.ofSeconds(50)));

    Reply reply = api.call("DELETE", "/task/schedule/" + task, "");
    assertThat(V2ApiFixture.code(reply)).isEqualTo(22002);
    assertThat(V2ApiFixture.code(api.call("DELETE", "/task/" + task, ""))).isZero();

    api.fixture.clock.advance(Duration.ofMinutes(1));
    api.fixture.engine.schedules().runOnce();
    assertThat(api.fixture.mailbox(ada)).isEmpty();
  }

  @Test
  void schedule_thatNobodyMatches_fails() {
    String task =
        task(
            "tag",
            "{'tag':[{'key':'custom_tag','values':['none'],'opt_type':'or'}]}",
            at(Duration.ofHours(1)));
    api.fixture.clock.advance(Duration.ofHours(1));
    api.fixture.engine.schedules().runOnce();

    JsonNode scheduled = api.data("/task/schedule/" + task).path(task);
    assertThat(scheduled.path("status").asText()).isEqualTo("failed");
    assertThat(scheduled.path("send_result").asText()).isEqualTo("send_failed");
  }

  @Test
  void schedule_liesAtMostAWeekAhead() {
    for (Duration bad : new Duration[] {Duration.ofDays(8), Duration.ofSeconds(-1)}) {
      Reply reply = api.call("POST", "/push/all", api.body("'all'", at(bad)));
      assertThat(V2ApiFixture.code(reply)).isEqualTo(20001);
      assertThat(V2ApiFixture.message(reply)).startsWith("settings.schedule_time is invalid");
    }
    Reply single =
        api.call(
            "POST",
            "/push/single/cid",
            api.body(V2ApiFixture.cids(ada.id().value()), at(Duration.ofHours(1))));
    assertThat(V2ApiFixture.message(single)).startsWith("settings.schedule_time is invalid");
  }

  @Test
  void sameRequest_isScheduledOnce() {
    String body = api.body("'all'", at(Duration.ofHours(1)));

    assertThat(api.data("POST", "/push/all", body)).isEqualTo(api.data("POST", "/push/all", body));

    api.fixture.clock.advance(Duration.ofHours(1));
    api.fixture.engine.schedules().runOnce();
    assertThat(api.fixture.mailbox(ada)).hasSize(1);
  }

  @Test
  void unknownSchedule_isInvalid() {
    String now = task("all", "'all'", V2ApiFixture.TEXT);
    for (String task : new String[] {"RASA_0101_x", now}) {
      Reply reply = api.get("/task/schedule/" + task);
      assertThat(reply.status()).isEqualTo(400);
      assertThat(V2ApiFixture.code(reply)).isEqualTo(22002);
      assertThat(GetuiFixture.json(reply).has("data")).isFalse();
    }
  }
}
