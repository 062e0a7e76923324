// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.vivo.push;

import static dev.boomerang.dialect.vivo.fixture.VivoFixture.code;
import static dev.boomerang.dialect.vivo.fixture.VivoFixture.json;
import static dev.boomerang.dialect.vivo.fixture.VivoFixture.requireSuccess;
import static dev.boomerang.dialect.vivo.fixture.VivoFixture.taskId;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.boomerang.dialect.vivo.fixture.VivoFixture;
import dev.boomerang.lifecycle.DeliveryStatus;
import dev.boomerang.model.push.TaskId;
import dev.boomerang.model.registration.Registration;
import dev.boomerang.web.http.Reply;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SingleCallsTest {
  private final VivoFixture fixture = new VivoFixture();

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void send_toAnId_orToAnAlias_reachesItsDevices() {
    Registration ada = fixture.phone("ada");
    Registration tablet = fixture.phone("ada");
    Registration bob = fixture.phone("bob");

    TaskId toAda = fixture.send(ada);
    TaskId toAlias = taskId(fixture.post("/message/send", fixture.message("'alias':'ada'")));
    // If both are given, the id counts.
    TaskId toBob = taskId(fixture.send(bob, "'alias':'ada'"));

    assertThat(fixture.tasks(ada)).containsExactly(toAda, toAlias);
    assertThat(fixture.tasks(tablet)).containsExactly(toAlias);
    assertThat(fixture.tasks(bob)).containsExactly(toBob);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/message/Send", "/Message/send", "/message/sends"})
  void path_inAnotherCase_is404(String path) {
    Registration ada = fixture.phone("ada");

    assertThat(fixture.post(path, fixture.message("'regId':'" + ada.id() + "'")).status())
        .isEqualTo(404);
    assertThat(fixture.tasks(ada)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"off,2", "away,3"})
  void send_toAnUnreachableUser_returnsTheReason(String why, int status) {
    Registration ada = fixture.phone("ada");
    if (why.equals("off")) {
      fixture.switchOffNotifications(ada);
    } else {
      fixture.clock.advance(Duration.ofDays(14).plusMillis(1));
    }
    String token = fixture.newToken();

    Reply reply =
        fixture.as(token, "POST", "/message/send", fixture.message("'regId':'" + ada.id() + "'"));

    assertThat(code(reply)).isEqualTo(10302);
    assertThat(json(reply).path("invalidUser").toString())
        .isEqualTo("{\"status\":%d,\"userid\":\"%s\"}".formatted(status, ada.id()));
  }

  @Test
  void profile_mustBeLoggedInOnTheDevice() {
    Registration ada = fixture.phone("ada");
    Reply nobody = fixture.send(ada, "'profileId':'u1'");
    assertThat(code(nobody)).isEqualTo(10302);
    fixture
        .engine
        .registrations()
        .update(
            ada.id(),
            before ->
                before.changed(
                    before.device(),
                    before.profile().withUser(Optional.of("u1")),
                    before.reachability()));

    requireSuccess(fixture.send(ada, "'profileId':'u1'"));
    // Other endpoints do not read the profile.
    requireSuccess(fixture.post("/message/all", fixture.message("'profileId':'u2'")));

    assertThat(fixture.tasks(ada)).hasSize(2);
  }

  @Test
  void rejectedSingleMessage_hasATaskWithoutDeliveries_andAReviewStatus() {
    Registration ada = fixture.phone("ada");
    String casino =
        fixture.message("'regId':'" + ada.id() + "','title':'Our CASINO','requestId':'one'");

    TaskId rejected = taskId(fixture.post("/message/send", casino));
    TaskId again = taskId(fixture.post("/message/send", casino));
    TaskId fine = fixture.send(ada);

    assertThat(again).isEqualTo(rejected);
    assertThat(fixture.tasks(ada)).containsExactly(fine);
    JsonNode statistics = fixture.statistics(rejected);
    assertThat(statistics.path("target").asInt()).isZero();
    assertThat(fixture.engine.tasks().view(VivoFixture.SHOP, rejected).orElseThrow().counts())
        .doesNotContainKeys(DeliveryStatus.values());
    JsonNode reviewStatus =
        requireSuccess(fixture.get("/search/msgStatus?taskIds=" + rejected + "," + fine + ",77"));
    assertThat(reviewStatus.toString())
        .isEqualTo(
            ("{\"result\":0,\"desc\":\"success\",\"data\":["
                    + "{\"taskId\":\"%s\",\"desc\":\"消息包含敏感词\"},"
                    + "{\"taskId\":\"%s\",\"desc\":\"消息状态未知\"},"
                    + "{\"taskId\":\"77\",\"desc\":\"消息状态未知\"}]}")
                .formatted(rejected, fine));
    fixture.clock.advance(Duration.ofSeconds(1));
    JsonNode foreign =
        requireSuccess(
            fixture.as(fixture.bankToken(), "GET", "/search/msgStatus?taskIds=" + rejected, ""));
    assertThat(foreign.at("/data/0/desc").asText()).isEqualTo("消息状态未知");
  }
}
