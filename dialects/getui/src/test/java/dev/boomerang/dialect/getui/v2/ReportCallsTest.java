// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui.v2;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.boomerang.dialect.getui.GetuiFixture;
import dev.boomerang.dialect.getui.limit.Quota;
import dev.boomerang.kit.fixture.TestDevice;
import dev.boomerang.model.push.DeliveryId;
import dev.boomerang.model.push.Receipt;
import dev.boomerang.model.registration.Registration;
import dev.boomerang.web.http.Reply;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReportCallsTest {
  private final V2ApiFixture api = new V2ApiFixture();
  private final Registration ada = api.fixture.android("ada");
  private final Registration bob = api.fixture.android("bob");

  @AfterEach
  void close() {
    api.close();
  }

  @Test
  void task_isCounted() {
    TestDevice phone = api.fixture.connect(ada);
    String task = api.opened("'group_name':'grp'," + V2ApiFixture.TEXT);
    api.list(task, phone.registration().id().value(), bob.id().value());
    api.fixture
        .engine
        .devices()
        .receipts(
            ada.id(),
            List.of(
                new Receipt(
                    new DeliveryId(V2ApiFixture.number(task), ada.id()),
                    Receipt.Event.OPENED,
                    api.fixture.clock.instant())));
    api.fixture.engine.awaitIdle();

    JsonNode report = api.data("/report/push/task/" + task + ",T1?actionIdList=90001");
    assertThat(report).hasSize(1);
    assertNumbers(report.path(task));
    assertThat(report.path(task).path("actionCntMap").path("90001").asInt(-1)).isZero();
    assertNumbers(api.data("/report/push/task/" + task + "/detail").path(task));
    assertNumbers(api.data("/report/push/task_group/grp").path("grp"));
    String today = api.fixture.getui.reports().today().toString();
    assertNumbers(api.data("/report/push/date/" + today).path(today));
  }

  private static void assertNumbers(JsonNode report) {
    assertThat(report.path("total").path("msg_num").asInt()).isEqualTo(2);
    for (String channel : new String[] {"total", "gt"}) {
      JsonNode numbers = report.path(channel);
      assertThat(numbers.path("target_num").asInt()).isEqualTo(2);
      assertThat(numbers.path("receive_num").asInt()).isEqualTo(1);
      assertThat(numbers.path("display_num").asInt()).isEqualTo(1);
      assertThat(numbers.path("click_num").asInt()).isEqualTo(1);
    }
  }

  @Test
  void detail_saysWhatFailed() {
    String task = api.opened("'settings':{'ttl':1000}," + V2ApiFixture.TEXT);
    api.list(task, bob.id().value());
    api.fixture.clock.advance(Duration.ofMinutes(1));
    api.fixture.engine.housekeeping().runOnce();

    JsonNode failed =
        api.data("/report/push/task/" + task + "/detail").path(task).at("/failed_detail/fd/gt");
    assertThat(failed.at("/delivery/expired").asInt()).isEqualTo(1);
    assertThat(failed.at("/delivery/total").asInt()).isEqualTo(1);
    Reply unknown = api.get("/report/push/task/T1/detail");
    assertThat(V2ApiFixture.code(unknown)).isEqualTo(20001);
  }

  @Test
  void detail_isTheTimelineOfOneDelivery() {
    String task = api.pushed(bob.id().value(), V2ApiFixture.TEXT);

    JsonNode detail = api.data("/task/detail/" + bob.id() + "/" + task);

    assertThat(detail.path("detail").path(0).path("event").asText()).isEqualTo("queued");
    assertThat(detail.path("detail").path(0).path("time").asText())
        .matches("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d");
    assertThat(detail.path("deatil")).isEqualTo(detail.path("detail"));
    assertThat(V2ApiFixture.code(api.get("/task/detail/c1/" + task))).isEqualTo(20001);
    assertThat(V2ApiFixture.code(api.get("/task/detail/" + bob.id() + "/T1"))).isEqualTo(20001);
  }

  @Test
  void users_areCountedByDay() {
    String today = api.fixture.getui.reports().today().toString();

    JsonNode day = api.data("/report/user/date/" + today).path(today);

    assertThat(day.path("register_num").asInt()).isEqualTo(2);
    assertThat(day.path("accumulative_num").asInt()).isEqualTo(2);
    assertThat(day.path("online_num").isNull()).isTrue();
    for (String bad : new String[] {"20260101", "x", "2999-01-01"}) {
      assertThat(V2ApiFixture.message(api.get("/report/user/date/" + bad)))
          .startsWith("date is invalid");
    }
  }

  @Test
  void onlineUsers_areThoseOfThisMoment() {
    api.fixture.connect(ada);

    JsonNode online = api.data("/report/online_user").path("online_statics");

    assertThat(online).hasSize(1);
    assertThat(online.elements().next().asInt()).isEqualTo(1);
  }

  @Test
  void count_isWhatIsLeftOfTheQuotas() {
    assertThat(api.data("/report/push/count").at("/gt/app/total_num").asInt()).isEqualTo(-1);
    try (var limited = new V2ApiFixture(GetuiFixture.with(Quota.APP_DAY, 5))) {
      limited.fixture.android("x");
      limited.push("all", "'all'", V2ApiFixture.TEXT);

      JsonNode app = limited.data("/report/push/count").at("/gt/app");
      assertThat(app.path("total_num").asInt()).isEqualTo(5);
      assertThat(app.path("remain_num").asInt()).isEqualTo(4);
      assertThat(app.path("limit").asBoolean()).isFalse();
    }
  }
}
