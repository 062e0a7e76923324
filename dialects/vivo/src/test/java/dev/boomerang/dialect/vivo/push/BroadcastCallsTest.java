// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.vivo.push;

import static dev.boomerang.dialect.vivo.fixture.VivoFixture.json;
import static dev.boomerang.dialect.vivo.fixture.VivoFixture.requireSuccess;
import static dev.boomerang.dialect.vivo.fixture.VivoFixture.taskId;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.boomerang.dialect.vivo.fixture.VivoFixture;
import dev.boomerang.model.push.TaskId;
import dev.boomerang.model.registration.Registration;
import dev.boomerang.web.http.Reply;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BroadcastCallsTest {
  private final VivoFixture fixture = new VivoFixture();

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void all_reachesEveryone_alsoDevicesThatRegisterLater() {
    Registration ada = fixture.phone("ada");
    Registration foreign = fixture.phone(VivoFixture.BANK, "eve");

    TaskId task = taskId(fixture.post("/message//all", fixture.message("")));
    Registration late = fixture.phone("bob");

    assertThat(fixture.tasks(ada)).containsExactly(task);
    assertThat(fixture.tasks(late)).containsExactly(task);
    assertThat(fixture.tasks(foreign)).isEmpty();
  }

  @Test
  void testMode_isForTestDevicesOnly() {
    Registration tester = fixture.phone("ada", "test-device", "vip");
    Registration other = fixture.phone("ada", "vip");

    Reply refused = fixture.send(other, "'pushMode':1");
    assertThat(json(refused).at("/invalidUser/status").asInt()).isEqualTo(4);
    requireSuccess(fixture.send(tester, "'pushMode':1"));
    requireSuccess(fixture.post("/message/send", fixture.message("'pushMode':1,'alias':'ada'")));
    requireSuccess(fixture.post("/message/all", fixture.message("'pushMode':1")));
    requireSuccess(
        fixture.post(
            "/message/tagPush",
            fixture.message("'pushMode':1,'tagExpression':{'orTags':['vip']}")));
    TaskId list = taskId(fixture.post("/message/saveListPayload", fixture.message("'pushMode':1")));
    JsonNode pushed =
        requireSuccess(
            fixture.post(
                "/message/pushToList",
                "{'requestId':'r','taskId':'%s','regIds':['%s','%s']}"
                    .formatted(list, tester.id(), other.id())));

    assertThat(pushed.path("invalidUsers").toString())
        .isEqualTo("[{\"status\":4,\"userid\":\"" + other.id() + "\"}]");
    assertThat(fixture.tasks(tester)).hasSize(5);
    assertThat(fixture.tasks(other)).isEmpty();
  }
}
