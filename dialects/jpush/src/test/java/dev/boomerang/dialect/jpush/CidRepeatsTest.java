// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.jpush;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.boomerang.dialect.jpush.base.JpushConfig;
import dev.boomerang.dialect.jpush.base.TimeFormats;
import dev.boomerang.model.registration.Registration;
import dev.boomerang.web.http.Reply;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A cid that was used within its day stands for its push, whatever is said beside it.
class CidRepeatsTest {
  private static final String PUSH =
      "{'cid':'%s','platform':'all','audience':{'alias':['ada']},'notification':{'alert':'%s'},"
          + "'options':{'sendno':%d}}";

  private final JpushFixture jpushFixture = new JpushFixture();
  private Registration ada;

  @BeforeEach
  void register() {
    ada = jpushFixture.android("ada");
  }

  @AfterEach
  void close() {
    jpushFixture.close();
  }

  private Reply push(String cid, String alert, int sendno) {
    return jpushFixture.push(PUSH.formatted(cid, alert, sendno));
  }

  private Reply group(String path, String body) {
    return jpushFixture.call(
        "POST",
        path,
        JpushFixture.basic("group-" + JpushFixture.KEY, JpushFixture.SECRET),
        body.replace('\'', '"').getBytes(UTF_8));
  }

  @Test
  void rebuiltPush_getsTheFirstResult_itsSendnoToo() {
    String cid = jpushFixture.cid();
    Reply first = push(cid, "hi", 7);

    Reply again = push(cid, "ho", 8);

    assertThat(JpushFixture.json(first).path("sendno").textValue()).isEqualTo("7");
    assertThat(again.status()).isEqualTo(200);
    assertThat(again.body().text()).isEqualTo(first.body().text());
    assertThat(jpushFixture.mailbox(ada)).hasSize(1);
  }

  @Test
  void firstWithoutSendno_isEchoedSo() {
    String cid = jpushFixture.cid();
    Reply first =
        jpushFixture.push(PUSH.formatted(cid, "hi", 1).replace(",'options':{'sendno':1}", ""));

    assertThat(JpushFixture.json(first).path("sendno").textValue()).isEqualTo("0");
    assertThat(push(cid, "ho", 5).body().text()).isEqualTo(first.body().text());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'cid':'C'}",
        "{'cid':'C','platform':'all','audience':{'alias':['nobody']},'notification':{'alert':'a'}}",
        "{'cid':'C','platform':'all','audience':'all','notification':{'android':{}}}",
        "{'cid':'C','platform':'all','audience':'all','message':{'msg_content':'m'},"
            + "'options':{'override_msg_id':1,'big_push_duration':5}}"
      })
  void whateverElseIsSaid_isNotRead(String body) {
    String cid = jpushFixture.cid();
    Reply first = push(cid, "hi", 7);

    assertThat(jpushFixture.push(body.replace("C", cid)).body().text())
        .isEqualTo(first.body().text());
  }

  @Test
  void cid_standsForItsPush_throughEveryCall() {
    String cid = jpushFixture.cid();
    String id = JpushFixture.json(push(cid, "hi", 7)).path("msg_id").textValue();

    Reply file =
        jpushFixture.post(
            "/v3/push/file",
            "{'cid':'%s','platform':'all','audience':{'file':{'file_id':'gone'}}}".formatted(cid));
    Reply batch =
        jpushFixture.post(
            "/v3/push/batch/alias/single",
            "{'pushlist':{'%s':{'platform':'all','target':'eve','message':{'msg_content':'b'}}}}"
                .formatted(cid));
    JsonNode group = JpushFixture.json(group("/v3/grouppush", PUSH.formatted(cid, "ho", 1)));
    JsonNode groupFile =
        JpushFixture.json(group("/v3/grouppush/file", "{'cid':'%s'}".formatted(cid)));

    assertThat(JpushFixture.json(file).path("msg_id").textValue()).isEqualTo(id);
    assertThat(JpushFixture.json(batch).path(cid).path("msg_id").textValue()).isEqualTo(id);
    assertThat(group.path("group_msgid").textValue()).isEqualTo(id);
    assertThat(group.path(JpushFixture.KEY).path("msg_id").textValue()).isEqualTo(id);
    assertThat(group.path(JpushFixture.KEY).path("sendno").textValue()).isEqualTo("7");
    assertThat(groupFile.path("group_msgid").textValue()).isEqualTo(id);
    assertThat(jpushFixture.mailbox(ada)).hasSize(1);
  }

  @Test
  void batchEntry_rebuilt_getsTheFirstResult() {
    String cid = jpushFixture.cid();
    String entry =
        "{'pushlist':{'%s':{'platform':'all','target':'ada','message':{'msg_content':'%s'},"
            + "'options':{'sendno':%d}}}}";
    Reply first = jpushFixture.post("/v3/push/batch/alias/single", entry.formatted(cid, "a", 1));

    Reply again = jpushFixture.post("/v3/push/batch/alias/single", entry.formatted(cid, "b", 2));

    assertThat(again.body().text()).isEqualTo(first.body().text());
    assertThat(jpushFixture.mailbox(ada)).hasSize(1);
  }

  @Test
  void validation_usesNoCidUp_norDoesARefusedPush() {
    String cid = jpushFixture.cid();
    String body = PUSH.formatted(cid, "hi", 7);

    assertThat(jpushFixture.post("/v3/push/validate", body).status()).isEqualTo(200);
    assertThat(JpushFixture.code(jpushFixture.push(body.replace("ada", "nobody")))).isEqualTo(1011);
    assertThat(jpushFixture.mailbox(ada)).isEmpty();
    Reply first = jpushFixture.push(body);
    assertThat(first.status()).isEqualTo(200);
    assertThat(jpushFixture.mailbox(ada)).hasSize(1);
    assertThat(jpushFixture.post("/v3/push/validate", body).status()).isEqualTo(200);
    assertThat(JpushFixture.code(jpushFixture.post("/v3/push/validate", "{'cid':'x'}")))
        .isEqualTo(1003);
  }

  @Test
  void cid_decidesUntilItsDayIsOver() {
    String cid = jpushFixture.cid();
    Reply first = push(cid, "hi", 7);
    jpushFixture.clock.advance(Duration.ofDays(1));

    assertThat(push(cid, "ho", 8).body().text()).isEqualTo(first.body().text());
    jpushFixture.clock.advance(Duration.ofSeconds(1));
    assertThat(JpushFixture.code(push(cid, "ho", 8))).isEqualTo(1003);
  }

  @Test
  void schedule_rebuilt_getsTheFirstAnswer() {
    String cid = jpushFixture.cid();
    String trigger =
        TimeFormats.second(
            jpushFixture.clock.instant().plus(Duration.ofHours(1)), JpushConfig.DEFAULT.zone());
    String body =
        "{'cid':'%s','name':'%s','enabled':true,'trigger':{'single':{'time':'%s'}},'push':%s}";
    String push = PUSH.formatted("", "hi", 1);
    Reply first = jpushFixture.post("/v3/schedules", body.formatted(cid, "one", trigger, push));

    Reply again =
        jpushFixture.post(
            "/v3/schedules",
            body.formatted(cid, "two", "2020-01-01 00:00:00", PUSH.formatted("", "ho", 2)));

    assertThat(first.status()).isEqualTo(200);
    assertThat(again.body().text()).isEqualTo(first.body().text());
    assertThat(JpushFixture.json(jpushFixture.get("/v3/schedules")).path("total_count").intValue())
        .isEqualTo(1);
  }
}
