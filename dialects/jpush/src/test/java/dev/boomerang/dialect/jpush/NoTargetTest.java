// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.jpush;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.boomerang.model.push.TaskId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A push that reaches nobody (1011) had its message id already, and says so beside the error.
class NoTargetTest {
  private static final String PUSH =
      "{'platform':'all','audience':{'alias':['nobody']},'notification':{'alert':'hi'}}";

  private final JpushFixture jpushFixture = new JpushFixture();

  @AfterEach
  void close() {
    jpushFixture.close();
  }

  private static void assertNobody(JsonNode answer) {
    assertThat(answer.path("error").path("code").intValue()).isEqualTo(1011);
    assertThat(answer.path("msg_id").isTextual()).isTrue();
    assertThat(TaskId.parse(answer.path("msg_id").textValue())).isPresent();
    assertThat(answer).hasSize(2);
  }

  @Test
  void push_tellsItsId_eachItsOwn() {
    JsonNode first = JpushFixture.json(jpushFixture.push(PUSH));
    JsonNode second = JpushFixture.json(jpushFixture.push(PUSH));

    assertNobody(first);
    assertNobody(second);
    assertThat(first.path("msg_id")).isNotEqualTo(second.path("msg_id"));
    String id = first.path("msg_id").textValue();
    assertThat(JpushFixture.code(jpushFixture.as(JpushFixture.KEY, "DELETE", "/v3/push/" + id, "")))
        .isEqualTo(1003);
  }

  @Test
  void pushAtAPace_andToAGroup_tellIt() {
    assertNobody(
        JpushFixture.json(
            jpushFixture.push(PUSH.replace("}}", "},'options':{'big_push_duration':5}}"))));
    assertNobody(
        JpushFixture.json(
            jpushFixture.call(
                "POST",
                "/v3/grouppush",
                JpushFixture.basic("group-" + JpushFixture.KEY, JpushFixture.SECRET),
                PUSH.replace('\'', '"').getBytes(UTF_8))));
  }

  @Test
  void entryOfABatch_tellsItBesideItsError() {
    String cid = jpushFixture.cid();

    JsonNode answer =
        JpushFixture.json(
            jpushFixture.post(
                "/v3/push/batch/alias/single",
                "{'pushlist':{'%s':{'platform':'all','target':'eve','message':{'msg_content':'b'}}}}"
                    .formatted(cid)));

    assertNobody(answer.path(cid));
  }

  @Test
  void otherErrors_haveNone() {
    assertThat(JpushFixture.json(jpushFixture.push("{'platform':'all'}")).has("msg_id")).isFalse();
  }
}
