// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.jpush;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.boomerang.kit.fixture.Fixtures;
import dev.boomerang.model.push.TaskId;
import dev.boomerang.model.registration.Registration;
import dev.boomerang.web.field.Json;
import dev.boomerang.web.http.Reply;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The clock stands at 16:00:00 of 2026-01-01, a Thursday, in China.
class ScheduleCallsTest {
  private static final String PUSH =
      "{'platform':'all','audience':{'alias':['ada']},'notification':{'alert':'hi'}}";

  private static final String AT_17 = "{'single':{'time':'2026-01-01 17:00:00'}}";

  private static final String DAILY =
      "{'periodical':{'start':'2026-01-01 00:00:00','end':'2026-01-10 23:00:00',"
          + "'time':'08:00:00','time_unit':'DAY','frequency':1}}";

  private final JpushFixture jpushFixture = new JpushFixture();

  @AfterEach
  void close() {
    jpushFixture.close();
  }

  private static String body(String trigger) {
    return "{'name':'s_1','enabled':true,'trigger':" + trigger + ",'push':" + PUSH + "}";
  }

  private Reply create(String body) {
    return jpushFixture.post("/v3/schedules", body);
  }

  private String created(String trigger) {
    Reply reply = create(body(trigger));
    assertThat(reply.body().text()).contains("schedule_id");
    assertThat(reply.status()).isEqualTo(200);
    assertThat(JpushFixture.json(reply).properties()).hasSize(2);
    return JpushFixture.json(reply).path("schedule_id").textValue();
  }

  private Reply change(String id, String body) {
    return jpushFixture.as(JpushFixture.KEY, "PUT", "/v3/schedules/" + id, body);
  }

  private JsonNode shown(String id) {
    Reply reply = jpushFixture.get("/v3/schedules/" + id);
    assertThat(reply.status()).isEqualTo(200);
    return JpushFixture.json(reply);
  }

  private JsonNode list(int page) {
    return JpushFixture.json(jpushFixture.get("/v3/schedules/?page=" + page));
  }

  /// Lets time pass and fires what is due.
  private void pass(Duration time) {
    jpushFixture.clock.advance(time);
    jpushFixture.engine.schedules().runOnce();
  }

  private static JsonNode json(String text) {
    return Json.read(text.replace('\'', '"')).orElseThrow();
  }

  @Test
  void single_firesOnceAtItsTime_inTheConfiguredZone() {
    Registration ada = jpushFixture.android("ada");
    String id = created(AT_17);
    assertThat(id).matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    pass(Duration.ofHours(1).minusSeconds(1));
    assertThat(jpushFixture.tasks(ada)).isEmpty();
    pass(Duration.ofSeconds(1));
    assertThat(jpushFixture.tasks(ada)).hasSize(1);
    pass(Duration.ofDays(1));
    assertThat(jpushFixture.get("/v3/schedules/" + id + "/msg_ids").body().text())
        .contains("\"count\":1");
  }

  @Test
  void schedule_comesBackAsItWasGiven() {
    String push =
        "{'platform':'all','audience':'all','notification':{'ai_opportunity':false,'alert':'s'},"
            + "'options':{'sendno':928817119,'apns_production':false,'classification':0}}";
    Reply reply =
        create(
            "{'cid':'"
                + jpushFixture.cid()
                + "','name':'定时任务','enabled':true,'trigger':"
                + AT_17
                + ",'push':"
                + push.replace("{'platform'", "{'cid':'x','platform'")
                + "}");
    String id = JpushFixture.json(reply).path("schedule_id").textValue();

    assertThat(JpushFixture.json(reply).path("name").textValue()).isEqualTo("定时任务");
    assertThat(shown(id))
        .isEqualTo(
            json(
                "{'schedule_id':'"
                    + id
                    + "','name':'定时任务','enabled':true,'trigger':"
                    + AT_17
                    + ",'push':"
                    + push
                    + "}"));
  }

  @Test
  void cid_usedAgain_givesTheFirstAnswer_andMakesNothing() {
    String cid = "'cid':'" + jpushFixture.cid() + "',";
    String body = body(AT_17).replace("{'name'", "{" + cid + "'name'");

    Reply first = create(body);
    Reply second = create(body);

    assertThat(second.body().text()).isEqualTo(first.body().text());
    assertThat(list(1).path("total_count").intValue()).isEqualTo(1);
    Reply other = jpushFixture.as(JpushFixture.BANK_KEY, "POST", "/v3/schedules", body);
    assertThat(JpushFixture.code(other)).isEqualTo(8100);
    assertThat(JpushFixture.message(other)).contains("cid");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "no json",
        "{'enabled':true,'trigger':T,'push':P}",
        "{'name':'','enabled':true,'trigger':T,'push':P}",
        "{'name':'a b','enabled':true,'trigger':T,'push':P}",
        "{'name':'LONG','enabled':true,'trigger':T,'push':P}",
        "{'name':'n','trigger':T,'push':P}",
        "{'name':'n','enabled':false,'trigger':T,'push':P}",
        "{'name':'n','enabled':true,'push':P}",
        "{'name':'n','enabled':true,'trigger':T}",
        "{'name':'n','enabled':true,'trigger':T,'push':{}}",
        "{'name':'n','enabled':true,'trigger':T,'push':{'platform':'all','audience':'all'}}",
        "{'cid':'mine','name':'n','enabled':true,'trigger':T,'push':P}",
        "{'name':'n','enabled':true,'trigger':{},'push':P}",
        "{'name':'n','enabled':true,'trigger':{'intelligent':{'backup_time':'x'}},'push':P}",
        "{'name':'n','enabled':true,'trigger':'T','push':P}"
      })
  void schedule_thatCannotBe_is8100(String template) {
    Reply reply =
        create(
            template
                .replace("LONG", "深".repeat(86))
                .replace("'T'", "1")
                .replace(":T", ":" + AT_17)
                .replace(":P", ":" + PUSH));

    assertThat(reply.status()).isEqualTo(400);
    assertThat(JpushFixture.code(reply)).isEqualTo(8100);
    assertThat(list(1).path("total_count").intValue()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'single':{'time':'2026-01-01 15:59:59'}",
        "'single':{'time':'2027-01-03 17:00:00'}",
        "'single':{'time':'2026-01-01T17:00:00'}",
        "'single':{'time':'2026-02-30 17:00:00'}",
        "'single':{}",
        "'single':{'time':'2026-01-01 17:00:00'},'periodical':{}",
        "'periodical':{}",
        "PD 'time_unit':'year','frequency':1",
        "PD 'time_unit':'day','frequency':0",
        "PD 'time_unit':'day','frequency':101",
        "PD 'time_unit':'day'",
        "PD 'time_unit':'week','frequency':1",
        "PD 'time_unit':'week','frequency':1,'point':['MONDAY']",
        "PD 'time_unit':'month','frequency':1,'point':['32']",
        "PD 'time_unit':'month','frequency':1,'point':[]",
        "'periodical':{'start':'2026-01-02 00:00:00','end':'2027-01-02 00:00:01','time':'08:00:00',"
            + "'time_unit':'day','frequency':1",
        "'periodical':{'start':'2026-01-02 09:00:00','end':'2026-01-03 07:00:00','time':'08:00:00',"
            + "'time_unit':'day','frequency':1",
        "'periodical':{'start':'2026-01-02 09:00:00','end':'2026-01-01 07:00:00','time':'08:00:00',"
            + "'time_unit':'day','frequency':1",
        "'periodical':{'start':'2025-01-02 09:00:00','end':'2025-12-31 07:00:00','time':'08:00:00',"
            + "'time_unit':'day','frequency':1"
      })
  void trigger_thatCannotBe_is8100(String trigger) {
    String periodical =
        "'periodical':{'start':'2026-01-02 00:00:00','end':'2026-02-02 00:00:00',"
            + "'time':'08:00:00',";
    String whole = trigger.replace("PD", periodical);

    Reply reply = create(body("{" + whole + (whole.endsWith("}") ? "}" : "}}")));

    assertThat(reply.status()).isEqualTo(400);
    assertThat(JpushFixture.code(reply)).isEqualTo(8100);
  }

  private List<Instant> firings(String periodical) {
    String id = created("{'periodical':{" + periodical + "}}").replace("-", "");
    return jpushFixture
        .engine
        .schedules()
        .ofSchedule(Fixtures.SHOP, dev.boomerang.model.schedule.ScheduleId.parse(id).orElseThrow())
        .stream()
        .map(scheduledOccurrence -> scheduledOccurrence.occurrence().dueAt())
        .toList();
  }

  private static List<Instant> chinaTime(String... times) {
    return List.of(times).stream().map(time -> Instant.parse(time + "+08:00")).toList();
  }

  @Test
  void periodical_firesEachNthDay_betweenStartAndEnd() {
    assertThat(
            firings(
                "'start':'2026-01-02 09:00:00','end':'2026-01-09 08:00:00','time':'08:00:00',"
                    + "'time_unit':'Day','frequency':3"))
        .isEqualTo(chinaTime("2026-01-03T08:00:00", "2026-01-06T08:00:00", "2026-01-09T08:00:00"));
  }

  @Test
  void periodical_firesOnWeekdaysOfEachNthWeek() {
    assertThat(
            firings(
                "'start':'2026-01-02 00:00:00','end':'2026-01-31 00:00:00','time':'20:30:00',"
                    + "'time_unit':'week','frequency':2,'point':['MON','fri']"))
        .isEqualTo(
            chinaTime(
                "2026-01-02T20:30:00",
                "2026-01-12T20:30:00",
                "2026-01-16T20:30:00",
                "2026-01-26T20:30:00",
                "2026-01-30T20:30:00"));
  }

  @Test
  void periodical_firesOnDaysOfEachNthMonth_butNotOnDaysThatThereAreNot() {
    assertThat(
            firings(
                "'start':'2026-01-02 00:00:00','end':'2026-08-01 00:00:00','time':'00:00:00',"
                    + "'time_unit':'month','frequency':3,'point':['01','31']"))
        .isEqualTo(
            chinaTime(
                "2026-01-31T00:00:00",
                "2026-04-01T00:00:00",
                "2026-07-01T00:00:00",
                "2026-07-31T00:00:00"));
  }

  @Test
  void periodical_thatBegan_goesOnFromNow() {
    Registration ada = jpushFixture.android("ada");
    created(DAILY);

    pass(Duration.ofDays(3));

    List<TaskId> third = jpushFixture.tasks(ada);
    assertThat(third).hasSize(1);
    pass(Duration.ofDays(1));
    assertThat(jpushFixture.tasks(ada)).hasSize(1).isNotEqualTo(third);
  }

  @Test
  void messageIds_areTextsThatHoldJson() {
    Registration ada = jpushFixture.android("ada");
    String id = created(DAILY);
    pass(Duration.ofHours(20));

    TaskId task = jpushFixture.tasks(ada).getFirst();
    JsonNode body = JpushFixture.json(jpushFixture.get("/v3/schedules/" + id + "/msg_ids"));

    assertThat(body.path("count").intValue()).isEqualTo(1);
    assertThat(body.path("msgids").get(0).textValue())
        .isEqualTo(
            "{\"msg_id\":\""
                + task
                + "\",\"error\":{\"code\":0,\"message\":\"\"},\"needRetry\":false,\"ts\":"
                + jpushFixture.clock.millis()
                + "}");
  }

  @Test
  void messageIds_tellWhyAPushWasNotMade() {
    String id = created(AT_17);

    pass(Duration.ofHours(1));

    String text =
        JpushFixture.json(jpushFixture.get("/v3/schedules/" + id + "/msg_ids"))
            .at("/msgids/0")
            .textValue();
    assertThat(json(text).at("/error/code").intValue()).isEqualTo(8100);
    assertThat(json(text).at("/error/message").textValue()).isNotEmpty();
  }

  @Test
  void list_has50APage_theOldestFirst_withoutWhatIsOver() {
    String over = created("{'single':{'time':'2026-01-01 16:30:00'}}");
    for (int i = 0; i < 51; i++) {
      create(body(AT_17).replace("s_1", "s_" + i));
      jpushFixture.clock.advance(Duration.ofSeconds(1));
    }
    jpushFixture.as(JpushFixture.BANK_KEY, "POST", "/v3/schedules", body(AT_17));
    jpushFixture.clock.advance(Duration.ofMinutes(40));

    JsonNode first = list(1);
    JsonNode second = list(2);

    assertThat(first.path("total_count").intValue()).isEqualTo(51);
    assertThat(first.path("total_pages").intValue()).isEqualTo(2);
    assertThat(first.path("page").intValue()).isEqualTo(1);
    assertThat(first.path("schedules")).hasSize(50);
    assertThat(first.at("/schedules/0/name").textValue()).isEqualTo("s_0");
    assertThat(second.path("schedules")).hasSize(1);
    assertThat(second.at("/schedules/0/push/platform").textValue()).isEqualTo("all");
    assertThat(list(3).path("schedules")).isEmpty();
    assertThat(JpushFixture.json(jpushFixture.get("/v3/schedules")).path("page").intValue())
        .isEqualTo(1);
    assertThat(shown(over).path("name").textValue()).isEqualTo("s_1");
    assertThat(JpushFixture.code(jpushFixture.get("/v3/schedules?page=0"))).isEqualTo(8100);
  }

  @Test
  void change_replacesWholeSections_andAnswersTheWhole() {
    Registration bob = jpushFixture.android("bob");
    String id = created(AT_17);

    Reply renamed = change(id, "{'name':'renamed'}");
    assertThat(JpushFixture.json(renamed).path("name").textValue()).isEqualTo("renamed");
    assertThat(JpushFixture.json(renamed).path("trigger")).isEqualTo(json(AT_17));
    change(id, "{'trigger':{'single':{'time':'2026-01-01 18:00:00'}}}");
    Reply whole = change(id, "{'push':" + PUSH.replace("ada", "bob") + "}");

    assertThat(JpushFixture.json(whole)).isEqualTo(shown(id));
    assertThat(shown(id).at("/push/audience/alias/0").textValue()).isEqualTo("bob");
    pass(Duration.ofMinutes(90));
    assertThat(jpushFixture.tasks(bob)).isEmpty();
    pass(Duration.ofMinutes(30));
    assertThat(jpushFixture.tasks(bob)).hasSize(1);
  }

  @Test
  void change_ofEnabled_suspendsAndResumes() {
    Registration ada = jpushFixture.android("ada");
    String id = created(DAILY);
    pass(Duration.ofDays(1));
    assertThat(jpushFixture.tasks(ada)).hasSize(1);

    assertThat(JpushFixture.json(change(id, "{'enabled':false}")).path("enabled").booleanValue())
        .isFalse();
    pass(Duration.ofDays(2));
    assertThat(jpushFixture.get("/v3/schedules/" + id + "/msg_ids").body().text())
        .contains("\"count\":1");
    assertThat(list(1).path("total_count").intValue()).isEqualTo(1);

    change(id, "{'enabled':true}");
    pass(Duration.ofDays(1));
    assertThat(jpushFixture.get("/v3/schedules/" + id + "/msg_ids").body().text())
        .contains("\"count\":2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{'other':1}",
        "no json",
        "{'name':'a-b'}",
        "{'enabled':'perhaps'}",
        "{'push':{'platform':'all'}}",
        "{'trigger':{'single':{'time':'2026-01-01 12:00:00'}}}",
        "{'trigger':{'periodical':{'start':'2026-01-01 00:00:00','end':'2026-01-10 23:00:00',"
            + "'time':'08:00:00','time_unit':'DAY','frequency':1}}}"
      })
  void change_thatCannotBe_is8100_andChangesNothing(String body) {
    String id = created(AT_17);
    JsonNode before = shown(id);

    Reply reply = change(id, body);

    assertThat(reply.status()).isEqualTo(400);
    assertThat(JpushFixture.code(reply)).isEqualTo(8100);
    assertThat(shown(id)).isEqualTo(before);
  }

  @Test
  void change_ofWhatIsOver_is8100() {
    String id = created(AT_17);
    pass(Duration.ofHours(1));

    assertThat(JpushFixture.code(change(id, "{'name':'late'}"))).isEqualTo(8100);
    assertThat(
            JpushFixture.code(change(id, "{'trigger':{'single':{'time':'2026-01-02 12:00:00'}}}")))
        .isEqualTo(8100);
  }

  @Test
  void deleted_isGone_andFiresNoMore() {
    Registration ada = jpushFixture.android("ada");
    String id = created(AT_17);

    Reply reply = jpushFixture.as(JpushFixture.KEY, "DELETE", "/v3/schedules/" + id, "null");

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.body().text()).isEqualTo("{}");
    pass(Duration.ofHours(2));
    assertThat(jpushFixture.tasks(ada)).isEmpty();
    assertThat(JpushFixture.code(jpushFixture.get("/v3/schedules/" + id))).isEqualTo(8104);
    assertThat(
            JpushFixture.code(
                jpushFixture.as(JpushFixture.KEY, "DELETE", "/v3/schedules/" + id, "")))
        .isEqualTo(8104);
  }

  @ParameterizedTest
  @CsvSource({"GET, ''", "PUT, ''", "DELETE, ''", "GET, /msg_ids"})
  void schedule_thatIsNotTheApps_is404(String method, String more) {
    String foreign =
        JpushFixture.json(
                jpushFixture.as(JpushFixture.BANK_KEY, "POST", "/v3/schedules", body(AT_17)))
            .path("schedule_id")
            .textValue();

    for (String id :
        List.of(foreign, "0eac1b80-c2ac-4b69-948b-c65b34b96512", "nonsense", "1-1-1-1-1")) {
      Reply reply =
          jpushFixture.as(JpushFixture.KEY, method, "/v3/schedules/" + id + more, "{'name':'n'}");
      assertThat(reply.status()).isEqualTo(404);
      assertThat(JpushFixture.code(reply)).isEqualTo(8104);
    }
  }

  @Test
  void schedules_moreThanAllowed_are8100() {
    for (int i = 0; i < 100; i++) {
      created(AT_17);
    }

    assertThat(JpushFixture.code(create(body(AT_17)))).isEqualTo(8100);
  }

  @Test
  void credentials_thatAreWrong_are8101() {
    Reply reply =
        jpushFixture.call(
            "GET", "/v3/schedules", JpushFixture.basic(JpushFixture.KEY, "no"), new byte[0]);

    assertThat(reply.status()).isEqualTo(401);
    assertThat(JpushFixture.code(reply)).isEqualTo(8101);
  }
}
