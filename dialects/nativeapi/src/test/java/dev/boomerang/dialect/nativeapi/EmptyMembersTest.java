// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.nativeapi;

import static dev.boomerang.kit.fixture.Fixtures.SHOP;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.boomerang.model.push.Content;
import dev.boomerang.model.push.Task;
import dev.boomerang.model.push.TaskId;
import dev.boomerang.model.push.Webhook;
import dev.boomerang.model.registration.RegistrationId;
import dev.boomerang.port.DeviceConnection.DeliveryAttempt;
import dev.boomerang.web.http.Headers;
import dev.boomerang.web.http.Reply;
import java.util.EnumSet;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Generated clients send empty lists and objects for what nobody set.
class EmptyMembersTest {
  private static final String ALL_OF_AUDIENCE =
      "'registrations':[],'devices':[],'users':[],'aliases':[],'targets':[],'segment':{},"
          + "'everyone':{}";

  private final ApiFixture apiFixture = new ApiFixture();

  private ApiFixture.Registered ada;

  @BeforeEach
  void registerAda() {
    ada = apiFixture.register(SHOP, ",\"userId\":\"ada\",\"alias\":\"ada\",\"tags\":[\"vip\"]");
  }

  @AfterEach
  void close() {
    apiFixture.close();
  }

  private Reply post(String path, String body) {
    return apiFixture.asApp(SHOP, "POST", "/api/v1/" + path, body.replace('\'', '"'));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'users':['ada']",
        "'aliases':['ada']",
        "'targets':[{'user':'ada','notification':{},'data':{}}]",
        "'segment':{'tag':'vip','attribute':{},'all':[],'any':[],'not':{}}",
        "'segment':{'any':[{'tag':'vip','all':[]}]}",
        "'everyone':true",
        "'everyone':{'bound':true,'unbound':{}}"
      })
  void audience_isTheOneMemberThatIsNotEmpty(String member) {
    String name = member.substring(0, member.indexOf(':'));
    String others =
        ALL_OF_AUDIENCE.replaceFirst(name + ":(\\[]|\\{}),?", "").replaceFirst(",$", "");
    Reply reply =
        post(
            "pushes",
            "{'audience':{" + others + "," + member + "},'data':{'body':'b','extras':{}}}");

    assertThat(reply.status()).as(reply.body().text()).isEqualTo(201);
    RegistrationId device = new RegistrationId(ada.id());
    assertThat(apiFixture.engine.devices().mailbox(device, TaskId.NONE, 10).attempts()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "{}"})
  void options_thatAreEmpty_areAbsent(String empty) {
    String body =
        "{'audience':{'users':['ada']},'data':{},'template':{},'replace':{},'notification':{'title':"
            + "'t','click':{},'extras':#},'callback':{'url':'http://r.example','params':#,'events':#}}";
    Reply reply = post("pushes", body.replace("#", empty));

    assertThat(reply.status()).as(reply.body().text()).isEqualTo(201);
    TaskId id = TaskId.parse(ApiFixture.json(reply).path("id").asText()).orElseThrow();
    assertThat(apiFixture.engine.tasks().find(SHOP, id).flatMap(Task::webhook))
        .map(Webhook::eventTypes)
        .contains(EnumSet.allOf(Webhook.EventType.class));
  }

  @Test
  void callback_thatIsEmpty_isNone() {
    Reply reply =
        post("pushes", "{'audience':{'users':['ada']},'notification':{'title':'t'},'callback':{}}");

    assertThat(reply.status()).isEqualTo(201);
  }

  @Test
  void openTask_mayHaveAnEmptyAudience_andTakesNamesBesideEmptyOnes() {
    Reply open = post("pushes", "{'open':true,'audience':{},'data':{'body':'b'}}");
    JsonNode task = ApiFixture.json(open);
    assertThat(open.status()).as(open.body().text()).isEqualTo(201);
    Reply added =
        post("tasks/" + task.path("id").asText() + "/targets", "{'aliases':[],'users':['ada']}");

    assertThat(added.status()).as(added.body().text()).isEqualTo(200);
    assertThat(ApiFixture.json(added).path("deliveries")).hasSize(1);
  }

  @Test
  void otherCalls_takeThemToo() {
    Reply template =
        post("templates", "{'name':'n','notification':{'title':'#a#','click':{},'extras':{}}}");
    Reply count = post("audiences/count", "{'segment':{'tag':'vip','any':[]}}");
    Reply device =
        apiFixture.call(
            "POST",
            "/device/v1/registrations",
            Headers.NONE,
            ("{'appId':'shop','deviceKey':'shop-device','platform':'web','tags':{},'channels':[],"
                    + "'attributes':[]}")
                .replace('\'', '"'));

    assertThat(template.status()).isEqualTo(201);
    assertThat(ApiFixture.json(count).path("count").asInt()).isEqualTo(1);
    assertThat(device.status()).isEqualTo(201);
  }

  /// The names in `extras` are the caller's own: an empty value is one.
  @Test
  void extras_keepTheirEmptyValues() {
    Reply reply =
        post(
            "pushes",
            "{'audience':{'users':['ada']},'data':{'body':'b','extras':{'list':[],'none':{}}}}");

    assertThat(reply.status()).isEqualTo(201);
    RegistrationId device = new RegistrationId(ada.id());
    assertThat(apiFixture.engine.devices().mailbox(device, TaskId.NONE, 10).attempts())
        .singleElement()
        .extracting(DeliveryAttempt::content)
        .isEqualTo(new Content.DataMessage("b", Map.of("list", "[]", "none", "{}")));
  }
}
