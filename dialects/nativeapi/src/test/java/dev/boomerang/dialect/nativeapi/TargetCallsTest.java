// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.nativeapi;

import static dev.boomerang.kit.fixture.Fixtures.BANK;
import static dev.boomerang.kit.fixture.Fixtures.SHOP;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.boomerang.engine.base.Limits;
import dev.boomerang.model.app.AppId;
import dev.boomerang.model.push.Audience;
import dev.boomerang.model.push.Audience.TargetKind;
import dev.boomerang.model.push.TaskId;
import dev.boomerang.web.http.Reply;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Open tasks, strategies and blocked registrations.
class TargetCallsTest {
  private final ApiFixture apiFixture = new ApiFixture();

  @AfterEach
  void close() {
    apiFixture.close();
  }

  private Reply ask(AppId app, String method, String path, String body) {
    return apiFixture.asApp(app, method, "/api/v1/" + path, body.replace('\'', '"'));
  }

  private String open() {
    Reply reply = ask(SHOP, "POST", "pushes", "{'open':true,'notification':{'title':'t'}}");
    assertThat(reply.status()).isEqualTo(201);
    return ApiFixture.json(reply).path("id").asText();
  }

  private Reply add(AppId app, String task, String names) {
    return ask(app, "POST", "tasks/" + task + "/targets", names);
  }

  private JsonNode counts(String task) {
    return ApiFixture.json(ask(SHOP, "GET", "tasks/" + task, "")).path("counts");
  }

  @Test
  void targetsPassedOver_areToldByTheirCause() {
    String task = open();
    TaskId id = TaskId.parse(task).orElseThrow();
    assertThat(ApiFixture.json(ask(SHOP, "GET", "tasks/" + task, "")).has("passedOver")).isFalse();

    var nobody = new Audience.Targeted(TargetKind.USER, List.of(), Optional.empty());
    apiFixture.engine.submissions().add(SHOP, id, nobody, Map.of("off", 2));

    JsonNode view = ApiFixture.json(ask(SHOP, "GET", "tasks/" + task, ""));
    assertThat(view.path("passedOver").toString()).isEqualTo("{\"off\":2}");
    assertThat(view.path("unreached").asInt()).isEqualTo(2);
    assertThat(view.path("total").asInt()).isEqualTo(2);
  }

  @Test
  void openTask_takesTargets_untilItIsRecalled() {
    String phone = apiFixture.register(SHOP, ",\"userId\":\"ada\"").id();
    String task = open();

    JsonNode added = ApiFixture.json(add(SHOP, task, "{'users':['ada','nobody','ada']}"));
    JsonNode again = ApiFixture.json(add(SHOP, task, "{'registrations':['" + phone + "']}"));

    assertThat(added.at("/deliveries/0/registration").asText()).isEqualTo(phone);
    assertThat(added.at("/deliveries/0/state").asText()).isEqualTo("queued");
    assertThat(added.at("/unreached/0").asText()).isEqualTo("nobody");
    assertThat(again.path("deliveries")).hasSize(1);
    assertThat(counts(task).path("queued").asInt()).isEqualTo(1);
    ask(SHOP, "POST", "tasks/" + task + "/recall", "{}");
    assertThat(ApiFixture.code(add(SHOP, task, "{'users':['ada']}"))).isEqualTo("closed");
    assertThat(ApiFixture.code(add(BANK, task, "{'users':['ada']}"))).isEqualTo("not-found");
    assertThat(ApiFixture.code(add(SHOP, "x", "{'users':['ada']}"))).isEqualTo("not-found");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | users",
        "{'users':[]} | users",
        "{'users':['a'],'aliases':['b']} | users",
        "{'everyone':true} | everyone",
      })
  void targets_areNamesOfOneSort(String body, String field) {
    Reply reply = add(SHOP, open(), body);

    assertThat(reply.status()).isEqualTo(400);
    assertThat(ApiFixture.field(reply)).isEqualTo(field);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'open':true,'audience':{'everyone':true} | audience",
        "'open':true,'pace':{'perSecond':1} | pace",
        "'open':true,'schedule':{'at':1} | open",
        "'audience':{'everyone':true},'strategy':'fast' | strategy",
      })
  void badPush_isRefusedByName(String members, String field) {
    Reply reply = ask(SHOP, "POST", "pushes", "{'notification':{'title':'t'}," + members + "}");

    assertThat(reply.status()).isEqualTo(400);
    assertThat(ApiFixture.field(reply)).isEqualTo(field);
  }

  @ParameterizedTest
  @ValueSource(strings = {"users", "aliases", "devices", "registrations"})
  void tooManyTargets_areRefusedUnderTheirOwnName(String member) {
    String names =
        IntStream.range(0, Limits.DEFAULT.maxTargets() + 1)
            .mapToObj(i -> "'" + i + "'")
            .collect(Collectors.joining(","));

    Reply reply = add(SHOP, open(), "{'" + member + "':[" + names + "]}");

    assertThat(reply.status()).isEqualTo(400);
    assertThat(ApiFixture.field(reply)).isEqualTo(member);
  }

  @Test
  void vendorOnly_failsAtOnce() {
    apiFixture.register(SHOP, ",\"userId\":\"ada\"");
    String push = "{'notification':{'title':'t'},'strategy':'vendor-only','audience':%s}";

    Reply one = ask(SHOP, "POST", "pushes", push.formatted("{'users':['ada']}"));
    Reply all = ask(SHOP, "POST", "pushes", push.formatted("{'everyone':true}"));

    String task = ApiFixture.json(one).path("id").asText();
    assertThat(counts(task).path("failed").asInt()).isEqualTo(1);
    assertThat(
            ApiFixture.json(ask(SHOP, "GET", "deliveries?task=" + task, ""))
                .at("/deliveries/0/cause")
                .asText())
        .isEqualTo("no-channel");
    assertThat(ApiFixture.code(all)).isEqualTo("nobody");
  }

  @Test
  void blocked_isToldAndEnded() {
    String phone = "registrations/" + apiFixture.register(SHOP, "").id();

    JsonNode blocked = ApiFixture.json(ask(SHOP, "PATCH", phone, "{'blocked':true}"));
    JsonNode free = ApiFixture.json(ask(SHOP, "PATCH", phone, "{'blocked':false}"));

    assertThat(blocked.path("blocked").asBoolean()).isTrue();
    assertThat(free.path("blocked").asBoolean(true)).isFalse();
    assertThat(ApiFixture.code(ask(BANK, "PATCH", phone, "{'blocked':true}")))
        .isEqualTo("not-found");
    assertThat(ApiFixture.field(ask(SHOP, "PATCH", phone, "{}"))).isEqualTo("blocked");
    assertThat(ApiFixture.field(ask(SHOP, "PATCH", phone, "{'tags':[]}"))).isEqualTo("tags");
  }
}
