// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.vivo.push;

import static dev.boomerang.dialect.vivo.fixture.VivoFixture.requireSuccess;
import static dev.boomerang.dialect.vivo.fixture.VivoFixture.taskId;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.boomerang.dialect.vivo.fixture.VivoConfigBuilder;
import dev.boomerang.dialect.vivo.fixture.VivoFixture;
import dev.boomerang.model.push.TaskId;
import dev.boomerang.model.registration.Registration;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// In these tests a device gets two operational messages a day.
class DailyDeviceLimitTest {
  private final VivoFixture fixture =
      new VivoFixture(new VivoConfigBuilder().messagesPerDevicePerDay(2).build());

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void singleMessage_beyondTheLimit_reachesNobody_andIsCounted() {
    Registration ada = fixture.phone("ada");
    TaskId first = fixture.send(ada);
    TaskId second = taskId(fixture.post("/message/send", fixture.message("'alias':'ada'")));

    TaskId third = fixture.send(ada);

    assertThat(fixture.tasks(ada)).containsExactly(first, second);
    assertThat(fixture.statistics(second).path("controlled").asInt()).isZero();
    assertThat(fixture.statistics(third).path("target").asInt()).isEqualTo(1);
    assertThat(fixture.statistics(third).path("valid").asInt()).isEqualTo(1);
    assertThat(fixture.statistics(third).path("controlled").asInt()).isEqualTo(1);
    assertThat(fixture.statistics(third).path("targetInvalid").asInt()).isZero();
  }

  @Test
  void systemMessages_andTests_andBroadcasts_areNotCounted() {
    Registration ada = fixture.phone("ada", "test-device");
    for (int i = 0; i < 3; i++) {
      requireSuccess(fixture.send(ada, "'classification':1"));
      requireSuccess(fixture.send(ada, "'pushMode':1"));
      requireSuccess(fixture.post("/message/all", fixture.message("")));
    }
    fixture.send(ada);
    fixture.send(ada);
    assertThat(fixture.tasks(ada)).hasSize(11);
    fixture.send(ada);
    assertThat(fixture.tasks(ada)).hasSize(11);

    requireSuccess(fixture.send(ada, "'classification':1"));

    assertThat(fixture.tasks(ada)).hasSize(12);
  }

  @Test
  void list_skipsDevicesOverTheLimit() {
    Registration ada = fixture.phone("ada");
    Registration bob = fixture.phone("bob");
    fixture.send(ada);
    fixture.send(ada);
    TaskId list = fixture.saveListPayload();

    JsonNode answer =
        requireSuccess(
            fixture.post(
                "/message/pushToList",
                "{'requestId':'r','taskId':'%s','aliases':['ada','bob','nobody']}"
                    .formatted(list)));

    assertThat(answer.path("invalidUsers").toString())
        .isEqualTo("[{\"status\":1,\"userid\":\"nobody\"}]");
    assertThat(fixture.tasks(ada)).hasSize(2).doesNotContain(list);
    assertThat(fixture.tasks(bob)).containsExactly(list);
    assertThat(fixture.statistics(list).path("target").asInt()).isEqualTo(3);
    assertThat(fixture.statistics(list).path("valid").asInt()).isEqualTo(2);
    assertThat(fixture.statistics(list).path("controlled").asInt()).isEqualTo(1);
  }

  @Test
  void otherDeviceOfTheAlias_stillGetsTheMessage() {
    Registration phone = fixture.phone("ada");
    fixture.send(phone);
    fixture.send(phone);
    Registration tablet = fixture.phone("ada");

    TaskId task = taskId(fixture.post("/message/send", fixture.message("'alias':'ada'")));

    assertThat(fixture.tasks(phone)).hasSize(2);
    assertThat(fixture.tasks(tablet)).containsExactly(task);
  }

  @Test
  void repeatedCall_countsOnce_andANewDayResetsTheLimit() {
    Registration ada = fixture.phone("ada");
    String same = fixture.message("'regId':'" + ada.id() + "'");
    for (int i = 0; i < 3; i++) {
      requireSuccess(fixture.post("/message/send", same));
    }
    fixture.send(ada);
    assertThat(fixture.tasks(ada)).hasSize(2);
    fixture.send(ada);
    assertThat(fixture.tasks(ada)).hasSize(2);

    // Midnight in Shanghai.
    fixture.clock.advance(Duration.ofHours(8));

    fixture.send(ada);
    assertThat(fixture.tasks(ada)).hasSize(3);
  }
}
