// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.vivo.base;

import static dev.boomerang.dialect.vivo.fixture.VivoFixture.requireError;
import static dev.boomerang.dialect.vivo.fixture.VivoFixture.requireSuccess;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.boomerang.dialect.vivo.base.VivoConfig.OperationalHours;
import dev.boomerang.dialect.vivo.fixture.VivoConfigBuilder;
import dev.boomerang.dialect.vivo.fixture.VivoFixture;
import dev.boomerang.model.push.TaskId;
import dev.boomerang.model.registration.Registration;
import java.time.Duration;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AppQuotasTest {
  private final VivoFixture fixture = new VivoFixture();

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void auths_areLimitedToTenASecond() {
    for (int i = 0; i < 9; i++) {
      requireSuccess(fixture.authenticate());
    }
    requireError(VivoError.AUTH_RATE, fixture.authenticate());
    requireSuccess(fixture.authenticate("20008", VivoFixture.BANK_KEY, VivoFixture.SECRET));

    fixture.clock.advance(Duration.ofSeconds(1));

    requireSuccess(fixture.authenticate());
  }

  @Test
  void quotasByDay_areCounted_eachWithItsOwnError() {
    var config = new VivoConfigBuilder().pushesPerDay(2).listPayloadsPerDay(1).broadcastsPerDay(1);
    try (var limited = new VivoFixture(config.build())) {
      Registration ada = limited.phone("ada");
      Registration bob = limited.phone("bob");
      TaskId first = limited.send(ada);
      TaskId list = limited.saveListPayload();
      requireError(
          VivoError.LIST_QUOTA, limited.post("/message/saveListPayload", limited.message("")));
      requireError(VivoError.PUSH_QUOTA, limited.post("/message/pushToList", list(list, ada, bob)));
      requireError(
          VivoError.PUSH_QUOTA,
          limited.post(
              "/message/recycle",
              "{'taskId':%s,'userType':2,'userIds':['ada','bob']}".formatted(first)));
      requireSuccess(limited.send(ada, ""));
      requireError(VivoError.PUSH_QUOTA, limited.send(ada, ""));
      requireSuccess(limited.send(ada, "'classification':1"));
      requireSuccess(limited.post("/message/all", limited.message("")));
      requireError(VivoError.BROADCAST_QUOTA, limited.post("/message/all", limited.message("")));
      JsonNode usage = requireSuccess(limited.get("/report/getAppConfig")).at("/data/0");
      assertThat(usage.path("operationalPushesToday").asInt()).isEqualTo(2);
      assertThat(usage.path("systemPushesToday").asInt()).isEqualTo(1);
      assertThat(usage.path("broadcastsToday").asInt()).isEqualTo(1);

      limited.clock.advance(Duration.ofHours(8));

      // Midnight in Shanghai is past; the token is still valid.
      requireSuccess(limited.send(ada, ""));
      requireSuccess(limited.post("/message/all", limited.message("")));
    }
  }

  @Test
  void pushRate_isLimitedByTheSecond() {
    try (var limited = new VivoFixture(new VivoConfigBuilder().pushesPerSecond(2).build())) {
      Registration ada = limited.phone("ada");
      limited.send(ada);
      limited.send(ada);
      requireError(VivoError.TOO_FAST, limited.send(ada, ""));

      limited.clock.advance(Duration.ofSeconds(1));

      limited.send(ada);
    }
  }

  @Test
  void operationalMessages_areForOperationalHours() {
    var daytime = new OperationalHours(LocalTime.of(7, 0), LocalTime.of(23, 0));
    try (var limited = new VivoFixture(new VivoConfigBuilder().operationalHours(daytime).build())) {
      Registration ada = limited.phone("ada");
      // 16:00 in Shanghai.
      limited.send(ada);
      TaskId list = limited.saveListPayload();

      limited.clock.advance(Duration.ofHours(7));

      requireError(VivoError.HOURS, limited.send(ada, ""));
      requireError(VivoError.HOURS, limited.post("/message/all", limited.message("")));
      requireError(
          VivoError.HOURS,
          limited.post("/message/pushToList", list(list, ada, limited.phone("bob"))));
      requireError(
          VivoError.HOURS,
          limited.post("/message/tagPush", limited.message("'tagExpression':{'orTags':[]}")));
      requireSuccess(limited.send(ada, "'classification':1"));

      limited.clock.advance(Duration.ofHours(8));

      limited.send(ada);
    }
  }

  @Test
  void statusQueries_areLimitedToOneASecond() {
    requireSuccess(fixture.get("/search/msgStatus?taskIds=1"));
    requireError(VivoError.TOO_FAST, fixture.get("/search/msgStatus?taskIds=1"));
    requireSuccess(fixture.as(fixture.bankToken(), "GET", "/search/msgStatus?taskIds=1", ""));

    fixture.clock.advance(Duration.ofSeconds(1));

    requireSuccess(fixture.get("/search/msgStatus?taskIds=1"));
  }

  private static String list(TaskId task, Registration... phones) {
    List<String> ids = Arrays.stream(phones).map(each -> "'" + each.id() + "'").toList();
    return "{'requestId':'r','taskId':'%s','regIds':[%s]}".formatted(task, String.join(",", ids));
  }
}
