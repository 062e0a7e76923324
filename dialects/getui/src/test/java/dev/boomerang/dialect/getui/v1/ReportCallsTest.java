// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui.v1;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.boomerang.model.registration.Registration;
import java.time.format.DateTimeFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReportCallsTest {
  private final V1ApiFixture api = new V1ApiFixture();
  private final Registration ada = api.fixture.android("ada");
  private final Registration bob = api.fixture.android("bob");
  private final String today =
      api.fixture.getui.reports().today().format(DateTimeFormatter.BASIC_ISO_DATE);

  @AfterEach
  void close() {
    api.close();
  }

  @Test
  void tasksGroupsAndDays_areCounted() {
    api.fixture.connect(ada);
    String task =
        api.post("/push_app", api.body("'condition':[],'task_name':'grp'")).path("taskid").asText();
    api.fixture.mailbox(bob);

    JsonNode one = api.post("/push_result", "{'taskIdList':['" + task + "','T1']}").path("data");
    assertThat(one).hasSize(1);
    assertThat(one.path(0).path("taskId").asText()).isEqualTo(task);
    assertThat(one.path(0).path("msgTotal").asInt()).isEqualTo(2);
    assertThat(one.path(0).at("/GT/feedback").asInt()).isEqualTo(1);
    assertThat(api.get("/get_push_result_by_group_name/grp").at("/data/msgProcess").asInt())
        .isEqualTo(1);
    assertThat(api.get("/query_app_push/" + today).at("/data/receiveCount").asInt()).isEqualTo(1);
    JsonNode feedback =
        api.post(
            "/get_feedback_users",
            "{'data':{'taskId':'%s','cids':['%s','%s','c1']}}".formatted(task, ada.id(), bob.id()));
    assertThat(feedback.at("/data/cids")).hasSize(1);
    assertThat(feedback.at("/data/cids/0").asText()).isEqualTo(ada.id().value());
  }

  @Test
  void users_areCounted() {
    api.fixture.connect(ada);

    JsonNode day = api.get("/query_app_user/" + today).path("data");
    assertThat(day.path("newRegistCount").asInt()).isEqualTo(2);
    assertThat(day.path("registTotalCount").asInt()).isEqualTo(2);
    JsonNode online = api.get("/get_last_24hours_online_User_statistics").path("onlineStatics");
    assertThat(online.elements().next().asInt()).isEqualTo(1);
    assertThat(api.get("/query_bi_tags").path("tags").isEmpty()).isTrue();
    assertThat(V1ApiFixture.result(api.call("GET", "/query_app_user/2026-01-01", "")))
        .isEqualTo("invalid_param");
  }
}
