// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.nativeapi;

import static dev.boomerang.kit.fixture.Fixtures.BANK;
import static dev.boomerang.kit.fixture.Fixtures.NOW;
import static dev.boomerang.kit.fixture.Fixtures.SHOP;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.boomerang.engine.base.Limits;
import dev.boomerang.model.push.TaskId;
import dev.boomerang.web.http.Reply;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Tests templates, pushes to several and to everyone, pushes for later, and their reports.
class PushKindsTest {
  private static final String WELCOME =
      "{'name':'welcome','notification':{'title':'Hi #name#','body':'#what#',"
          + "'click':{'uri':'https://example.com/#what#'}}}";

  private final ApiFixture apiFixture = new ApiFixture();

  @AfterEach
  void close() {
    apiFixture.close();
  }

  private Reply post(String path, String body) {
    return apiFixture.asApp(SHOP, "POST", "/api/v1/" + path, body.replace('\'', '"'));
  }

  private JsonNode posted(String path, String body) {
    return ApiFixture.json(post(path, body));
  }

  private JsonNode get(String path) {
    return ApiFixture.json(apiFixture.asApp(SHOP, "GET", "/api/v1/" + path, ""));
  }

  private String user(String name) {
    return apiFixture.register(SHOP, ",\"userId\":\"" + name + "\"").id();
  }

  @Test
  void template_isMadeListedUsedAndDeleted() {
    user("ada");
    user("bob");

    JsonNode made = posted("templates", WELCOME);
    assertThat(made.path("blanks")).extracting(JsonNode::asText).containsExactly("name", "what");
    assertThat(get("templates").path("total").asInt()).isEqualTo(1);
    assertThat(get("templates/" + made.path("id").asText())).isEqualTo(made);

    JsonNode task =
        posted(
            "pushes",
            "{'audience':{'targets':[{'user':'ada'},{'user':'bob','values':{'name':'Bob'}}]},"
                + "'template':{'name':'welcome','values':{'name':'you','what':'tea'}}}");
    assertThat(task.path("kind").asText()).isEqualTo("multiple");
    assertThat(task.path("template").asText()).isEqualTo("welcome");
    var id = TaskId.parse(task.path("id").asText()).orElseThrow();
    assertThat(apiFixture.engine.tasks().messages(SHOP, id))
        .extracting(
            message -> message.content().map(Object::toString).orElse("").contains("Hi Bob"))
        .containsExactly(false, true);

    String path = "/api/v1/templates/" + made.path("id").asText();
    assertThat(apiFixture.asApp(BANK, "DELETE", path, "").status()).isEqualTo(404);
    assertThat(apiFixture.asApp(SHOP, "DELETE", path, "").status()).isEqualTo(204);
    assertThat(apiFixture.asApp(SHOP, "DELETE", path, "").status()).isEqualTo(404);
    assertThat(apiFixture.asApp(SHOP, "GET", path, "").status()).isEqualTo(404);
  }

  @Test
  void template_ofATakenName_isRefused() {
    post("templates", WELCOME);

    Reply again = post("templates", WELCOME);

    assertThat(again.status()).isEqualTo(409);
    assertThat(ApiFixture.code(again)).isEqualTo("name-taken");
  }

  @Test
  void targets_withContentsOfTheirOwn_needNoCommonValues() {
    user("ada");
    post("templates", WELCOME);

    Reply reply =
        post(
            "pushes",
            "{'audience':{'targets':[{'user':'ada','values':{'name':'Ada','what':'tea'}}]},"
                + "'template':{'name':'welcome'}}");

    assertThat(reply.status()).isEqualTo(201);
    assertThat(ApiFixture.json(reply).path("kind").asText()).isEqualTo("template");
  }

  @Test
  void everyone_isOneTask_thatIsListedAndCounted() {
    user("ada");
    apiFixture.register(SHOP, "");

    JsonNode all = posted("pushes", "{'audience':{'everyone':true},'data':{'body':'b'}}");
    JsonNode bound =
        posted(
            "pushes",
            "{'name':'bound','audience':{'everyone':{'bound':{'from':1}}},'data':{'body':'b'}}");

    assertThat(all.path("kind").asText()).isEqualTo("broadcast");
    JsonNode listed = get("tasks?kind=broadcast").path("tasks");
    assertThat(listed)
        .extracting(task -> task.path("id").asText())
        .containsExactly(bound.path("id").asText(), all.path("id").asText());
    assertThat(listed.get(0).path("tally").has("opened")).isTrue();
    assertThat(get("tasks?name=bound").path("tasks")).hasSize(1);
    assertThat(get("tasks?to=" + NOW.toEpochMilli()).path("tasks")).isEmpty();
    assertThat(get("tasks?kind=multiple").path("tasks")).isEmpty();
  }

  @Test
  void analysis_addsUpWithTheDeliveries() {
    user("ada");
    String one =
        posted("pushes", "{'audience':{'users':['ada']},'data':{'body':'b'}}").path("id").asText();
    posted("pushes", "{'audience':{'users':['ada','nobody']},'data':{'body':'b'}}");

    assertThat(get("analysis").path("total").asInt()).isEqualTo(3);
    assertThat(get("analysis?platform=android").path("total").asInt()).isEqualTo(2);
    assertThat(get("analysis?platform=ios").path("total").asInt()).isZero();
    assertThat(get("analysis?kind=multiple").path("total").asInt()).isEqualTo(2);
    assertThat(get("analysis?task=" + one).path("total").asInt()).isEqualTo(1);
    assertThat(get("analysis?task=" + one + "&channel=self").path("total").asInt()).isEqualTo(1);
    assertThat(get("analysis?task=" + one + "&channel=fcm").path("total").asInt()).isZero();
    assertThat(apiFixture.asApp(BANK, "GET", "/api/v1/analysis?task=" + one, "").status())
        .isEqualTo(404);
  }

  @Test
  void replace_takesAnEarlierTasksPlace_andSaysSo() {
    String ada = user("ada");
    String body = "{'audience':{'users':['ada']},'data':{'body':'b'}%s}";
    String first = posted("pushes", body.formatted("")).path("id").asText();

    String second =
        posted("pushes", body.formatted(",'replace':{'task':'" + first + "'}")).path("id").asText();

    assertThat(get("tasks/" + first).path("counts").path("overridden").asInt()).isEqualTo(1);
    assertThat(
            get("deliveries?task=" + first + "&registration=" + ada)
                .path("deliveries")
                .get(0)
                .path("cause")
                .asText())
        .isEqualTo("prevented by " + second);
    Reply unknown = post("pushes", body.formatted(",'replace':{'task':'7'}"));
    assertThat(unknown.status()).isEqualTo(400);
    assertThat(ApiFixture.field(unknown)).isEqualTo("replace.task");
    assertThat(post("pushes", body.formatted(",'replace':{'slot':'score'}")).status())
        .isEqualTo(201);
  }

  @Test
  void pace_letsItGoBitByBit_andTheTaskTellsHowFarItIs() {
    for (int i = 0; i < 10; i++) {
      user("ada");
    }
    String body = "{'audience':{'users':['ada']},'data':{'body':'b'},'pace':%s}";

    JsonNode task = posted("pushes", body.formatted("{'perSecond':4}"));

    assertThat(task.path("counts").path("pending").asInt()).isEqualTo(10);
    assertThat(task.path("pace").toString())
        .isEqualTo("{\"perSecond\":4,\"released\":0,\"total\":10,\"running\":true}");
    apiFixture.engine.pacedSending().runOnce();
    apiFixture.clock.advance(Duration.ofSeconds(2));
    apiFixture.engine.pacedSending().runOnce();
    JsonNode later = get("tasks/" + task.path("id").asText());
    assertThat(later.path("pace").path("released").asInt()).isEqualTo(8);
    assertThat(later.path("counts").path("pending").asInt()).isEqualTo(2);
    assertThat(later.path("counts").path("queued").asInt()).isEqualTo(8);
    assertThat(
            posted("pushes", body.formatted("{'overSeconds':60}"))
                .path("pace")
                .path("overSeconds")
                .asInt())
        .isEqualTo(60);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | pace.perSecond | missing-field",
        "{'perSecond':1,'overSeconds':1} | pace.perSecond | invalid-field",
        "{'perSecond':0} | pace.perSecond | invalid-field",
        "{'overSeconds':2592001} | pace.overSeconds | invalid-field",
        "{'perMinute':1} | pace.perMinute | invalid-field",
      },
      quoteCharacter = '`')
  void pace_thatIsNone_isRefusedByName(String pace, String field, String code) {
    Reply reply =
        post("pushes", "{'audience':{'everyone':true},'data':{'body':'b'},'pace':" + pace + "}");

    assertThat(ApiFixture.field(reply)).isEqualTo(field);
    assertThat(ApiFixture.code(reply)).isEqualTo(code);
  }

  @Test
  void pace_ofTargetsWithTheirOwn_isRefused() {
    Reply reply =
        post(
            "pushes",
            "{'audience':{'targets':[{'user':'ada','messageId':'m1'}]},'data':{'body':'b'},"
                + "'pace':{'perSecond':1}}");

    assertThat(ApiFixture.field(reply)).isEqualTo("pace");
  }

  @Test
  void segment_isCountedAndPushedTo() {
    apiFixture.register(SHOP, ",\"tags\":[\"vip\",\"old\"]");
    apiFixture.register(SHOP, ",\"tags\":[\"vip\"],\"region\":\"cn\"");
    String vips = "{'all':[{'tag':'vip'},{'not':{'tag':'old'}},{'platform':'android'}]}";

    JsonNode count = posted("audiences/count", "{'segment':" + vips + "}");
    JsonNode task = posted("pushes", "{'audience':{'segment':" + vips + "},'data':{'body':'b'}}");
    Reply nobody = post("pushes", "{'audience':{'segment':{'region':'mars'}},'data':{'body':'b'}}");

    assertThat(count.path("count").asInt()).isEqualTo(1);
    assertThat(task.path("total").asInt()).isEqualTo(1);
    assertThat(nobody.status()).isEqualTo(409);
    assertThat(ApiFixture.code(nobody)).isEqualTo("nobody");
  }

  @Test
  void later_firesOnce_andSaysHowLate() {
    user("ada");
    long due = NOW.plusSeconds(60).toEpochMilli();

    Reply reply =
        post(
            "pushes",
            "{'audience':{'users':['ada']},'data':{'body':'b'},'schedule':{'at':%d}}"
                .formatted(due));

    assertThat(reply.status()).isEqualTo(202);
    String id = ApiFixture.json(reply).path("scheduleId").asText();
    assertThat(get("schedules/" + id).path("occurrences").get(0).path("fate").asText())
        .isEqualTo("pending");
    apiFixture.clock.advance(Duration.ofSeconds(63));
    apiFixture.engine.schedules().runOnce();
    apiFixture.engine.schedules().runOnce();
    JsonNode fired = get("schedules/" + id).path("occurrences").get(0);
    assertThat(fired.path("fate").asText()).isEqualTo("fired");
    assertThat(fired.path("latenessMillis").asLong()).isEqualTo(3_000);
    assertThat(get("tasks/" + fired.path("task").asText()).path("total").asInt()).isEqualTo(1);
    assertThat(get("analysis").path("total").asInt()).isEqualTo(1);
  }

  private String daily() {
    LocalDate first = LocalDate.ofInstant(NOW, ZoneOffset.UTC).plusDays(1);
    LocalTime time = LocalTime.ofInstant(NOW, ZoneOffset.UTC).truncatedTo(ChronoUnit.SECONDS);
    return posted(
            "pushes",
            "{'audience':{'everyone':true},'data':{'body':'b'},'schedule':{'cycle':{'from':'%s','to':'%s','every':'day','time':'%s','zone':'Z'}}}"
                .formatted(first, first.plusDays(2), time))
        .path("scheduleId")
        .asText();
  }

  @Test
  void cycle_isListedAndOneFiringCancelled() {
    String id = daily();

    JsonNode list = get("schedules?limit=2");
    assertThat(list.path("total").asInt()).isEqualTo(3);
    assertThat(list.path("occurrences")).hasSize(2);
    String first = list.path("occurrences").get(0).path("id").asText();
    String path = "/api/v1/occurrences/" + first;
    assertThat(apiFixture.asApp(BANK, "DELETE", path, "").status()).isEqualTo(404);
    assertThat(
            ApiFixture.json(apiFixture.asApp(SHOP, "DELETE", path, "")).path("cancelled").asInt())
        .isEqualTo(1);
    assertThat(
            ApiFixture.json(apiFixture.asApp(SHOP, "DELETE", path, "")).path("cancelled").asInt())
        .isZero();
    assertThat(
            ApiFixture.json(apiFixture.asApp(SHOP, "DELETE", "/api/v1/schedules/" + id, ""))
                .path("cancelled")
                .asInt())
        .isEqualTo(2);
    assertThat(apiFixture.asApp(BANK, "DELETE", "/api/v1/schedules/" + id, "").status())
        .isEqualTo(404);
  }

  @Test
  void recallOfASchedule_cancelsWhatIsToCome_andRecallsWhatFired() {
    String id = daily();
    apiFixture.clock.advance(Duration.ofHours(25));
    apiFixture.engine.schedules().runOnce();

    JsonNode recalled = posted("schedules/" + id + "/recall", "");

    assertThat(recalled.path("cancelled").asInt()).isEqualTo(2);
    assertThat(recalled.path("recalls")).hasSize(1);
    assertThat(recalled.path("recalls").get(0).path("scope").asText()).isEqualTo("task");
    assertThat(posted("schedules/" + id + "/recall", "").path("cancelled").asInt()).isZero();
    assertThat(apiFixture.asApp(BANK, "POST", "/api/v1/schedules/" + id + "/recall", "").status())
        .isEqualTo(404);
  }

  @Test
  void schedules_beyondTheLimit_areRefused() {
    int limit = Limits.DEFAULT.perApp().schedules();
    String body =
        "{'audience':{'everyone':true},'data':{'body':'b'},'schedule':{'at':%d}}"
            .formatted(NOW.plusSeconds(60).toEpochMilli());
    for (int i = 0; i < limit; i++) {
      assertThat(post("pushes", body).status()).isEqualTo(202);
    }

    Reply reply = post("pushes", body);

    assertThat(reply.status()).isEqualTo(409);
    assertThat(ApiFixture.code(reply)).isEqualTo("too-many");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'audience':{'everyone':false},'data':{'body':'b'} | audience.everyone",
        "'audience':{'everyone':{}},'data':{'body':'b'} | audience.users",
        "'audience':{'everyone':{'bound':{'from':2,'to':1}}},'data':{'body':'b'} |"
            + " audience.everyone.bound.to",
        "'audience':{'targets':['ada']},'data':{'body':'b'} | audience.targets[0]",
        "'audience':{'targets':[{'user':'a'},{'alias':'b'}]},'data':{'body':'b'} |"
            + " audience.targets[1].alias",
        "'audience':{'targets':[{'values':{}}]},'data':{'body':'b'} | audience.targets[0].values",
        "'audience':{'targets':[{}]},'data':{'body':'b'} | audience.targets[0].user",
        "'audience':{'segment':{}},'data':{'body':'b'} | audience.users",
        "'audience':{'segment':{'not':{}}},'data':{'body':'b'} | audience.segment.tag",
        "'audience':{'segment':{'any':[{}]}},'data':{'body':'b'} | audience.segment.any[0].tag",
        "'audience':{'segment':{'tag':'a','alias':'b'}},'data':{'body':'b'} |"
            + " audience.segment.tag",
        "'audience':{'segment':{'any':[{'platform':'palm'}]}},'data':{'body':'b'} |"
            + " audience.segment.any[0].platform",
        "'audience':{'users':['a']},'data':{'body':'b'},'replace':{'slot':' '} | replace.slot",
        "'audience':{'users':['a']},'template':{'name':'none'} | template.name",
        "'audience':{'users':['a']},'template':{'name':'n'},'data':{'body':'b'} | notification",
        "'audience':{'users':['a']},'data':{'body':'b'},'schedule':{'at':1} | schedule",
        "'audience':{'users':['a']},'data':{'body':'b'},'schedule':{} | schedule.at",
        "'audience':{'users':['a']},'data':{'body':'b'},'pace':{} | pace.perSecond",
        "'audience':{'users':['a']},'data':{'body':'b'},'schedule':{'at':253402300799000} |"
            + " schedule",
        "'audience':{'users':['a']},'data':{'body':'b'},'requestId':'r','schedule':{'at':1} |"
            + " requestId",
        "'audience':{'users':['a']},'data':{'body':'b'},'schedule':{'cycle':{'from':'x'}} |"
            + " schedule.cycle.from",
        "'audience':{'users':['a']},'data':{'body':'b'},'schedule':{'cycle':{'from':'2026-12-01',"
            + "'to':'2026-12-02','every':'week','days':[8],'time':'09:00','zone':'Z'}} |"
            + " schedule.cycle.days",
        "'audience':{'users':['a']},'data':{'body':'b'},'schedule':{'cycle':{'from':'2026-12-01',"
            + "'to':'2026-12-02','every':'day','time':'09:00','zone':'Mars'}} |"
            + " schedule.cycle.zone",
      })
  void badPush_isRefusedByName(String members, String field) {
    Reply reply = post("pushes", "{" + members + "}");

    assertThat(reply.status()).isEqualTo(400);
    assertThat(ApiFixture.field(reply)).isEqualTo(field);
    assertThat(get("analysis").path("total").asInt()).isZero();
    assertThat(get("schedules").path("total").asInt()).isZero();
  }

  @Test
  void template_withAMissingValue_isRefusedByItsName() {
    post("templates", WELCOME);

    Reply reply =
        post(
            "pushes",
            "{'audience':{'users':['a']},'template':{'name':'welcome','values':{'name':'x'}}}");

    assertThat(ApiFixture.field(reply)).isEqualTo("template.values");
    assertThat(ApiFixture.json(reply).path("error").path("message").asText()).contains("what");
  }
}
