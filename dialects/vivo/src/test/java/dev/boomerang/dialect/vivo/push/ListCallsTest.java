// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.vivo.push;

import static dev.boomerang.dialect.vivo.fixture.VivoFixture.code;
import static dev.boomerang.dialect.vivo.fixture.VivoFixture.requireSuccess;
import static dev.boomerang.dialect.vivo.fixture.VivoFixture.taskId;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.boomerang.dialect.vivo.fixture.VivoFixture;
import dev.boomerang.model.push.TaskId;
import dev.boomerang.model.registration.Registration;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ListCallsTest {
  private final VivoFixture fixture = new VivoFixture();

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void list_takesUsersInSeveralCalls_eachOnce() {
    Registration ada = fixture.phone("ada");
    Registration bob = fixture.phone("bob");
    Registration off = fixture.phone("carl");
    fixture.switchOffNotifications(off);
    TaskId task = fixture.saveListPayload();
    assertThat(fixture.tasks(ada)).isEmpty();

    JsonNode first =
        requireSuccess(
            fixture.post(
                "/message/pushToList",
                "{'requestId':1,'taskId':%s,'regIds':['%s','%s','9']}"
                    .formatted(task, ada.id(), off.id())));
    JsonNode second =
        requireSuccess(
            fixture.post(
                "/message/pushToList",
                "{'requestId':2,'taskId':'%s','aliases':['ada','bob']}".formatted(task)));

    assertThat(first.path("invalidUsers").toString())
        .isEqualTo(
            "[{\"status\":2,\"userid\":\"%s\"},{\"status\":1,\"userid\":\"9\"}]"
                .formatted(off.id()));
    assertThat(second.path("invalidUsers").toString()).isEqualTo("[]");
    assertThat(second.has("taskId")).isFalse();
    assertThat(fixture.tasks(ada)).containsExactly(task);
    assertThat(fixture.tasks(bob)).containsExactly(task);
    assertThat(fixture.tasks(off)).isEmpty();
    JsonNode statistics = fixture.statistics(task);
    assertThat(statistics.path("target").asInt()).isEqualTo(4);
    assertThat(statistics.path("valid").asInt()).isEqualTo(2);
    assertThat(statistics.path("targetInvalid").asInt()).isEqualTo(1);
    assertThat(statistics.path("targetUnSub").asInt()).isEqualTo(1);
  }

  @Test
  void list_ofIdsAndAliases_goesToTheIds() {
    Registration ada = fixture.phone("ada");
    Registration bob = fixture.phone("bob");
    Registration carl = fixture.phone("carl");
    TaskId task = fixture.saveListPayload();

    requireSuccess(
        fixture.post(
            "/message/pushToList",
            "{'requestId':'r','taskId':'%s','regIds':['%s','%s'],'aliases':['carl','carl']}"
                .formatted(task, ada.id(), bob.id())));

    assertThat(fixture.tasks(ada)).containsExactly(task);
    assertThat(fixture.tasks(bob)).containsExactly(task);
    assertThat(fixture.tasks(carl)).isEmpty();
  }

  @Test
  void list_ofAliases_reachesAllTheirDevices() {
    Registration first = fixture.phone("group");
    for (int i = 0; i < 1_000; i++) {
      fixture.phone("group");
    }
    Registration bob = fixture.phone("bob");
    TaskId task = fixture.saveListPayload();

    requireSuccess(
        fixture.post(
            "/message/pushToList",
            "{'requestId':'r','taskId':'%s','aliases':['group','bob','nobody']}".formatted(task)));

    assertThat(fixture.tasks(first)).containsExactly(task);
    assertThat(fixture.tasks(bob)).containsExactly(task);
    JsonNode statistics = fixture.statistics(task);
    assertThat(statistics.path("valid").asInt()).isEqualTo(1_002);
    assertThat(statistics.path("targetInvalid").asInt()).isEqualTo(1);
  }

  @Test
  void list_takesNoUsers_afterItsLifetime_orOfASingleMessage() {
    Registration ada = fixture.phone("ada");
    Registration bob = fixture.phone("bob");
    String more =
        "{'requestId':'%s','taskId':'%s','regIds':['" + ada.id() + "','" + bob.id() + "']}";
    TaskId single = fixture.send(ada);
    TaskId list =
        taskId(fixture.post("/message/saveListPayload", fixture.message("'timeToLive':900")));

    assertThat(code(fixture.post("/message/pushToList", more.formatted("a", single))))
        .isEqualTo(10151);
    assertThat(
            code(
                fixture.as(
                    fixture.bankToken(), "POST", "/message/pushToList", more.formatted("b", list))))
        .isEqualTo(10151);
    fixture.clock.advance(Duration.ofMinutes(15));
    assertThat(code(fixture.post("/message/pushToList", more.formatted("c", list))))
        .isEqualTo(10151);
    assertThat(fixture.tasks(bob)).isEmpty();
  }
}
