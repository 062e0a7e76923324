// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.boomerang.model.registration.Registration;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Tests app pushes that wait for their time. It is 16:00 in Shanghai.
class ScheduleTest {
  private static final String AT_FIVE = ",'pushTime':'202601011700'";

  private final WireFixture wire = new WireFixture();
  private final Registration ada = wire.fixture.android("ada");

  @AfterEach
  void close() {
    wire.close();
  }

  private String scheduled() {
    String content = wire.prepare(WireFixture.text("later"), AT_FIVE).path("contentId").asText();
    assertThat(wire.launch(content).path("result").asText()).isEqualTo("ok");
    return content;
  }

  private JsonNode ask(String action, String task) {
    return wire.call(action, WireFixture.APP + "'taskId':'" + task + "'");
  }

  private void advance(Duration time) {
    wire.fixture.clock.advance(time);
    wire.fixture.engine.schedules().runOnce();
  }

  @Test
  void push_waits_andIsSent() {
    String task = scheduled();
    assertThat(wire.fixture.tasks(ada)).isEmpty();

    JsonNode waiting = ask("getScheduleTaskAction", task);
    advance(Duration.ofMinutes(60));

    assertThat(wire.fixture.tasks(ada)).hasSize(1);
    assertThat(waiting.path("result").asText()).isEqualTo("Success");
    assertThat(waiting.path("taskId").asText()).isEqualTo(task);
    JsonNode detail = waiting.path("taskDetail");
    assertThat(detail.path("desc").asText()).isEqualTo("ok");
    assertThat(detail.path("status").asText()).isEqualTo("0");
    assertThat(detail.path("pushContent").asText()).isEqualTo("later");
    assertThat(detail.path("pushTime").asText()).isEqualTo("20260101170000");
    assertThat(detail.path("creatTime").asText()).isEqualTo("Thu Jan 01 16:00:00 CST 2026");
    assertThat(detail.path("sendResult").asText()).isEqualTo("DO_NOT_SEND");
    assertThat(sendResult(task)).isEqualTo("SEND_SUCCESS");
  }

  private String sendResult(String task) {
    return ask("getScheduleTaskAction", task).path("taskDetail").path("sendResult").asText();
  }

  @Test
  void preparedPush_isNotSent_unlessLaunched() {
    wire.prepare(WireFixture.text("later"), AT_FIVE);

    advance(Duration.ofMinutes(61));

    assertThat(wire.fixture.tasks(ada)).isEmpty();
  }

  @Test
  void deletedPush_isNeverSent() {
    String task = scheduled();

    String deleted =
        wire.reply("delScheduleTaskAction", WireFixture.APP + "'taskId':'" + task + "'")
            .body()
            .text();

    assertThat(deleted).isEqualTo("{\"result\":\"Success\",\"taskDetail\":\"\"}");
    assertThat(sendResult(task)).isEqualTo("HAS_DELETE");
    advance(Duration.ofMinutes(61));
    assertThat(wire.fixture.tasks(ada)).isEmpty();
    assertThat(ask("delScheduleTaskAction", task).path("result").asText()).isEqualTo("Success");
  }

  @Test
  void push_cannotBeDeleted_inItsLastMinute_butStopped() {
    String task = scheduled();
    advance(Duration.ofSeconds(59 * 60 + 30));

    assertThat(ask("delScheduleTaskAction", task).path("result").asText())
        .isEqualTo("NotInDealRange");
    assertThat(wire.result("stopTaskAction", "'contentId':'" + task + "'")).isEqualTo("ok");

    advance(Duration.ofMinutes(1));
    assertThat(wire.fixture.tasks(ada)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "202601011559, Error",
    "202601081601, Error",
    "2026-01-01 17:00, Error",
    "202613011700, Error",
    "202601081600, ok"
  })
  void pushTime_isWithinSevenDays(String time, String result) {
    assertThat(
            wire.prepare(WireFixture.text("x"), ",'pushTime':'" + time + "'")
                .path("result")
                .asText())
        .isEqualTo(result);
  }

  @Test
  void pushThatWasNeverScheduled_hasNoSchedule() {
    String content = wire.prepare(WireFixture.text("x"), "").path("contentId").asText();
    wire.launch(content);

    assertThat(ask("getScheduleTaskAction", content).path("result").asText())
        .isEqualTo("NoSuchTaskId");
    assertThat(ask("delScheduleTaskAction", "").path("result").asText())
        .isEqualTo("taskIdNullError");
  }
}
