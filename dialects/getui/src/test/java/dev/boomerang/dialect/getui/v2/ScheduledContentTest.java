// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui.v2;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Tests what `GET /task/schedule` answers as the text of each kind of message.
class ScheduledContentTest {
  private final V2ApiFixture api = new V2ApiFixture();

  @AfterEach
  void close() {
    api.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "'push_message':{'transmission':'text'}|text",
        "'push_message':{'transmission':'text'},'push_channel':{'ios':{'aps':{'alert':'a'}}}|text",
        "'push_message':{'notification':{'title':'t','body':'b','click_type':'none'}}|~~"
      })
  void schedule_isAnswered_withItsTransmission(String message, String transmission) {
    long time = api.fixture.clock.instant().plusSeconds(600).toEpochMilli();
    String task =
        api.push("all", "'all'", "'settings':{'schedule_time':" + time + "}," + message)
            .path("taskid")
            .asText();

    JsonNode answer = api.data("/task/schedule/" + task).path(task);

    assertThat(answer.path("transmission_content").asText()).isEqualTo(transmission);
    assertThat(answer.path("send_result").asText()).isEqualTo("do_not_send");
  }
}
