// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui.v2;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.boomerang.model.registration.Registration;
import dev.boomerang.web.http.Reply;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ListPushTest {
  private final V2ApiFixture api = new V2ApiFixture();
  private final Registration ada = api.fixture.android("ada", "vip");
  private final Registration bob = api.fixture.android("bob");

  @AfterEach
  void close() {
    api.close();
  }

  @Test
  void message_isPushedInManyCalls_andToNobodyTwice() {
    String task = api.opened(V2ApiFixture.TEXT);
    assertThat(task).matches("RASL_\\d{4}_[0-9a-f]{32}");
    assertThat(api.fixture.mailbox(ada)).isEmpty();

    JsonNode first = api.list(task, ada.id().value(), "c1");
    assertThat(first.path(ada.id().value()).asText()).isEqualTo("successed_offline");
    assertThat(first.path("c1").asText()).isEqualTo("successed_ignore");
    api.list(task, ada.id().value(), bob.id().value());

    assertThat(api.fixture.tasks(ada)).containsExactly(V2ApiFixture.number(task));
    assertThat(api.fixture.tasks(bob)).containsExactly(V2ApiFixture.number(task));
  }

  @Test
  void aliases_areAnsweredByCid_orByAlias() {
    String task = api.opened(V2ApiFixture.TEXT);

    JsonNode plain =
        api.data(
            "POST",
            "/push/list/alias",
            "{'taskid':'" + task + "','audience':{'alias':['ada','nobody']}}");
    assertThat(plain.path(task).path(ada.id().value()).asText()).isEqualTo("successed_offline");

    JsonNode byAlias =
        api.data(
            "POST",
            "/push/list/alias",
            "{'taskid':'"
                + task
                + "','need_alias_detail':true,'audience':{'alias':['bob','nobody']}}");
    assertThat(byAlias.path(task).path("bob").path(bob.id().value()).asText())
        .isEqualTo("successed_offline");
    assertThat(byAlias.path(task).path("nobody").isEmpty()).isTrue();
  }

  @Test
  void asyncList_hasNoData() {
    String task = api.opened(V2ApiFixture.TEXT);

    Reply reply =
        api.call(
            "POST",
            "/push/list/cid",
            "{'taskid':'"
                + task
                + "','is_async':true,'audience':"
                + V2ApiFixture.cids(ada.id().value())
                + "}");

    assertThat(reply.body().text()).isEqualTo("{\"code\":0,\"msg\":\"success\"}");
    assertThat(api.fixture.mailbox(ada)).hasSize(1);
  }

  @Test
  void bareNumberAndOldNames_areAccepted() {
    String task = api.opened(V2ApiFixture.TEXT);
    String number = V2ApiFixture.number(task).toString();
    String old = "OSL-" + task.substring("RASL_".length());

    assertThat(
            V2ApiFixture.code(
                api.call(
                    "POST", "/push/list/cid", V2ApiFixture.listBody(number, ada.id().value()))))
        .isZero();
    assertThat(
            V2ApiFixture.code(
                api.call("POST", "/push/list/cid", V2ApiFixture.listBody(old, bob.id().value()))))
        .isZero();
  }

  @Test
  void tasksThatAreNoLists_areRefused() {
    String single = api.pushed(ada.id().value(), V2ApiFixture.TEXT);

    assertRefused(single, "taskid is invalid");
    assertRefused("RASL_0101_x", "taskid is invalid");
    assertRefused("", "taskid can not be empty");
  }

  private void assertRefused(String task, String message) {
    Reply reply = api.call("POST", "/push/list/cid", V2ApiFixture.listBody(task, ada.id().value()));
    assertThat(V2ApiFixture.code(reply)).isEqualTo(20001);
    assertThat(V2ApiFixture.message(reply)).startsWith(message);
  }

  @Test
  void list_expires() {
    String task = api.opened("'settings':{'ttl':60000}," + V2ApiFixture.TEXT);
    api.fixture.clock.advance(Duration.ofMinutes(1));

    assertRefused(task, "taskid is invalid: the task is stopped or its time is over");
  }

  @Test
  void sameRequest_opensTheSameMessage() {
    String body = "{" + api.requestId() + "," + V2ApiFixture.TEXT + "}";

    assertThat(api.data("POST", "/push/list/message", body))
        .isEqualTo(api.data("POST", "/push/list/message", body));
  }

  @Test
  void cidByTag_reachesWhoHasTheTag() {
    String task = api.opened(V2ApiFixture.TEXT);

    JsonNode data =
        api.data(
            "POST",
            "/push/list/cid_by_tag",
            "{'taskid':'%s','audience':{'cid_by_tag':[{'cid':'%s','tag':['vip']},{'cid':'%s','tag':['vip']}]}}"
                .formatted(task, ada.id(), bob.id()));

    assertThat(data.path(task).path(ada.id().value()).asText()).isEqualTo("successed_offline");
    assertThat(data.path(task).has(bob.id().value())).isFalse();
    assertThat(api.fixture.mailbox(bob)).isEmpty();
  }
}
