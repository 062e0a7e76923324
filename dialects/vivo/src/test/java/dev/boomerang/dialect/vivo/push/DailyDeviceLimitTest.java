// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.vivo.push;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.boomerang.dialect.vivo.base.VivoConfig;
import dev.boomerang.dialect.vivo.fixture.VivoFixture;
import dev.boomerang.model.push.TaskId;
import dev.boomerang.model.registration.Registration;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A device gets two operational messages a day.
class DailyDeviceLimitTest {
  private final VivoFixture world =
      new VivoFixture(VivoConfig.DEFAULT.with(new VivoConfig.Quotas(10, 0, 0, 0, 0, 0, 2)));

  @AfterEach
  void close() {
    world.close();
  }

  private JsonNode numbers(TaskId task) {
    return VivoFixture.requireSuccess(world.get("/report/getStatistics?taskIds=" + task))
        .at("/statistics/0");
  }

  @Test
  void single_beyondTheCap_reachesNobody_andCounts() {
    Registration ada = world.phone("ada");
    TaskId first = world.sent(ada);
    TaskId second = VivoFixture.taskId(world.post("/message/send", world.message("'alias':'ada'")));

    TaskId third = world.sent(ada);

    assertThat(world.tasks(ada)).containsExactly(first, second);
    assertThat(numbers(second).path("controlled").asInt()).isZero();
    assertThat(numbers(third).path("target").asInt()).isEqualTo(1);
    assertThat(numbers(third).path("valid").asInt()).isEqualTo(1);
    assertThat(numbers(third).path("controlled").asInt()).isEqualTo(1);
    assertThat(numbers(third).path("targetInvalid").asInt()).isZero();
  }

  @Test
  void systemMessages_andTests_andBroadcasts_areNotCounted() {
    Registration ada = world.phone("ada", "test-device");
    for (int i = 0; i < 3; i++) {
      VivoFixture.requireSuccess(world.send(ada, "'classification':1"));
      VivoFixture.requireSuccess(world.send(ada, "'pushMode':1"));
      VivoFixture.requireSuccess(world.post("/message/all", world.message("")));
    }
    world.sent(ada);
    world.sent(ada);
    assertThat(world.tasks(ada)).hasSize(11);
    world.sent(ada);
    assertThat(world.tasks(ada)).hasSize(11);

    VivoFixture.requireSuccess(world.send(ada, "'classification':1"));

    assertThat(world.tasks(ada)).hasSize(12);
  }

  @Test
  void list_leavesOutThoseWhoHadEnough() {
    Registration ada = world.phone("ada");
    Registration bob = world.phone("bob");
    world.sent(ada);
    world.sent(ada);
    TaskId list = VivoFixture.taskId(world.post("/message/saveListPayload", world.message("")));

    JsonNode answer =
        VivoFixture.requireSuccess(
            world.post(
                "/message/pushToList",
                "{'requestId':'r','taskId':'%s','aliases':['ada','bob','nobody']}"
                    .formatted(list)));

    assertThat(answer.path("invalidUsers").toString())
        .isEqualTo("[{\"status\":1,\"userid\":\"nobody\"}]");
    assertThat(world.tasks(ada)).hasSize(2).doesNotContain(list);
    assertThat(world.tasks(bob)).containsExactly(list);
    assertThat(numbers(list).path("target").asInt()).isEqualTo(3);
    assertThat(numbers(list).path("valid").asInt()).isEqualTo(2);
    assertThat(numbers(list).path("controlled").asInt()).isEqualTo(1);
  }

  @Test
  void sameAlias_onAnotherDevice_getsItThere() {
    Registration phone = world.phone("ada");
    world.sent(phone);
    world.sent(phone);
    Registration tablet = world.phone("ada");

    TaskId task = VivoFixture.taskId(world.post("/message/send", world.message("'alias':'ada'")));

    assertThat(world.tasks(phone)).hasSize(2);
    assertThat(world.tasks(tablet)).containsExactly(task);
  }

  @Test
  void repeatedCall_countsOnce_andANewDayBeginsAnew() {
    Registration ada = world.phone("ada");
    String same = world.message("'regId':'" + ada.id() + "'");
    for (int i = 0; i < 3; i++) {
      VivoFixture.requireSuccess(world.post("/message/send", same));
    }
    world.sent(ada);
    assertThat(world.tasks(ada)).hasSize(2);
    world.sent(ada);
    assertThat(world.tasks(ada)).hasSize(2);

    // Midnight in Shanghai.
    world.clock.advance(Duration.ofHours(8));

    world.sent(ada);
    assertThat(world.tasks(ada)).hasSize(3);
  }
}
