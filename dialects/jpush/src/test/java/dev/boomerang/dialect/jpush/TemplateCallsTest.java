// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.jpush;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.boomerang.dialect.jpush.base.JpushConfig;
import dev.boomerang.dialect.jpush.base.TimeFormats;
import dev.boomerang.engine.accept.Templates;
import dev.boomerang.kit.fixture.FailingStore;
import dev.boomerang.kit.fixture.Fixtures;
import dev.boomerang.model.push.Content;
import dev.boomerang.model.registration.Registration;
import dev.boomerang.port.StoreException;
import dev.boomerang.web.http.Reply;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TemplateCallsTest {
  private final JpushFixture jpushFixture = new JpushFixture();
  private Registration ada;

  @BeforeEach
  void make() {
    jpushFixture
        .engine
        .templates()
        .create(
            Fixtures.SHOP,
            new Templates.Draft("parcel", "", "", Content.Notification.of("For #name#", "#what#")));
    ada = jpushFixture.android("ada");
  }

  @AfterEach
  void close() {
    jpushFixture.close();
  }

  private static String params(String... params) {
    return "{'id':'parcel','params':[" + String.join(",", params) + "]}";
  }

  private static String param(String alias, String keys) {
    return "{'trace_id':'t-%s','keys':{%s},'audience':{'alias':['%s']}}"
        .formatted(alias, keys, alias);
  }

  private static final String BOTH = "'name':'Ada','what':'a parcel'";

  private Content.Notification received() {
    return (Content.Notification) jpushFixture.mailbox(ada).getFirst().content();
  }

  @Test
  void push_isTheTemplateWithItsValues() {
    Reply reply = jpushFixture.post("/v3/push/template", params(param("ada", BOTH)));

    JsonNode answer = JpushFixture.json(reply);
    assertThat(answer.path("code").asInt(-1)).isZero();
    JsonNode pushed = answer.at("/data/push_list/0");
    assertThat(pushed.path("code").asInt(-1)).isZero();
    assertThat(pushed.path("trace_id").asText()).isEqualTo("t-ada");
    assertThat(pushed.path("message_id").asText())
        .isEqualTo(jpushFixture.tasks(ada).getFirst().toString());
    assertThat(received().title()).isEqualTo("For Ada");
    assertThat(received().body()).isEqualTo("a parcel");
  }

  @Test
  void pushThatFails_doesNotStopTheOthers() {
    Reply reply =
        jpushFixture.post(
            "/v3/push/template",
            params(param("nobody", BOTH), param("ada", "'name':'Ada'"), param("ada", BOTH)));

    JsonNode list = JpushFixture.json(reply).at("/data/push_list");
    assertThat(list.at("/0/code").asInt()).isEqualTo(1011);
    assertThat(list.at("/1/code").asInt()).isEqualTo(1002);
    assertThat(list.at("/1/message").asText()).contains("what");
    assertThat(list.at("/2/code").asInt(-1)).isZero();
    assertThat(jpushFixture.mailbox(ada)).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'id':'none','params':[{'audience':'all'}]} | 1003",
        "{'params':[{'audience':'all'}]} | 1002",
        "{'id':'parcel'} | 1002",
        "{'id':'parcel','params':[{}]} | 1002",
        "{'id':'parcel','params':[{'audience':'all'},{'audience':'all'}]} | 1003",
        "{'id':'parcel','params':[{'audience':{'tag':['t'],'alias':['a']}}]} | 1003",
        "{'id':'parcel','params':[{'audience':{'alias':['a']}},"
            + "{'audience':{'registration_id':['1']}}]} | 1003"
      })
  void call_thatCannotBe_hasACode(String body, int code) {
    for (String path : PATHS) {
      assertFlat(jpushFixture.post(path, body), 400, code);
    }
  }

  private static final List<String> PATHS =
      List.of("/v3/push/template", "/v3/push/template/schedule");

  /// The clients of template calls read an error's code and message at the top.
  private static void assertFlat(Reply reply, int status, int code) {
    assertThat(reply.status()).isEqualTo(status);
    assertThat(JpushFixture.json(reply).properties().stream().map(Map.Entry::getKey))
        .containsExactlyInAnyOrder("code", "message");
    assertThat(JpushFixture.json(reply).path("code").intValue()).isEqualTo(code);
    assertThat(JpushFixture.json(reply).path("message").textValue()).isNotBlank();
  }

  @Test
  void errorsOfTheWholeCall_areFlatToo_whateverTheirCause() {
    var failingStore = new FailingStore();
    try (var other =
        new JpushFixture(new JpushConfigBuilder().pushesPerMinute(2).get(), failingStore.store())) {
      for (String path : PATHS) {
        assertFlat(other.as("c".repeat(24), "POST", path, "{}"), 401, 1004);
        assertFlat(other.as(JpushFixture.KEY, "GET", path, ""), 405, 1001);
        assertFlat(other.as(JpushFixture.BANK_KEY, "POST", path, "no json"), 400, 1003);
      }
      failingStore.failWith(new StoreException("gone", new IOException("gone")));
      assertFlat(other.post(PATHS.getFirst(), params(param("ada", BOTH))), 503, 1030);
      failingStore.failWith(new IllegalStateException("a fault of ours"));
      assertFlat(other.post(PATHS.getFirst(), params(param("ada", BOTH))), 500, 1000);
      failingStore.recover();
      // Template pushes and other pushes share their budget.
      assertThat(JpushFixture.code(other.push("{}"))).isEqualTo(2002);
      assertFlat(other.post(PATHS.getLast(), "{}"), 429, 2002);
    }
  }

  private String later(Duration time) {
    return "{'single':{'time':'%s'}}"
        .formatted(
            TimeFormats.second(
                jpushFixture.clock.instant().plus(time), JpushConfig.DEFAULT.zone()));
  }

  private String scheduled(String trigger) {
    return params(param("ada", BOTH))
        .replace("'parcel',", "'parcel','schedule_name':'later','trigger':" + trigger + ",");
  }

  @Test
  void schedule_firesTheTemplateWithItsValues() {
    Reply reply =
        jpushFixture.post("/v3/push/template/schedule", scheduled(later(Duration.ofMinutes(1))));

    JsonNode made = JpushFixture.json(reply).at("/data/schedule_list/0");
    assertThat(made.path("code").asInt(-1)).isZero();
    assertThat(made.path("trace_id").asText()).isEqualTo("t-ada");
    String id = made.path("schedule_id").asText();
    assertThat(JpushFixture.json(jpushFixture.get("/v3/schedules/" + id)).path("name").asText())
        .isEqualTo("later");
    assertThat(jpushFixture.mailbox(ada)).isEmpty();
    jpushFixture.clock.advance(Duration.ofMinutes(1));
    jpushFixture.engine.schedules().runOnce();
    assertThat(received().title()).isEqualTo("For Ada");
  }

  @Test
  void schedule_isChangedAndDeletedLikeAnyOther() {
    String id =
        JpushFixture.json(
                jpushFixture.post(
                    "/v3/push/template/schedule", scheduled(later(Duration.ofMinutes(1)))))
            .at("/data/schedule_list/0/schedule_id")
            .asText();

    Reply changed =
        jpushFixture.as(
            JpushFixture.KEY,
            "PUT",
            "/v3/schedules/" + id,
            "{'trigger':" + later(Duration.ofMinutes(5)) + "}");

    assertThat(changed.status()).isEqualTo(200);
    jpushFixture.clock.advance(Duration.ofMinutes(2));
    jpushFixture.engine.schedules().runOnce();
    assertThat(jpushFixture.mailbox(ada)).isEmpty();
    jpushFixture.clock.advance(Duration.ofMinutes(3));
    jpushFixture.engine.schedules().runOnce();
    assertThat(received().body()).isEqualTo("a parcel");
    assertThat(jpushFixture.as(JpushFixture.KEY, "DELETE", "/v3/schedules/" + id, "").status())
        .isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({"x, 1003", "2020-01-01 00:00:00, 8100"})
  void schedule_thatCannotBe_saysSoBesideItsPush(String time, int code) {
    String trigger = "{'single':{'time':'" + time + "'}}";

    Reply reply = jpushFixture.post("/v3/push/template/schedule", scheduled(trigger));

    assertThat(reply.status()).isEqualTo(200);
    assertThat(JpushFixture.json(reply).at("/data/schedule_list/0/code").asInt()).isEqualTo(code);
  }
}
