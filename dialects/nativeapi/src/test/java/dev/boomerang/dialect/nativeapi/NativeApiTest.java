// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.nativeapi;

import static dev.boomerang.kit.fixture.Fixtures.BANK;
import static dev.boomerang.kit.fixture.Fixtures.SHOP;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.boomerang.dialect.nativeapi.base.NativeError;
import dev.boomerang.dialect.nativeapi.device.DeviceApi;
import dev.boomerang.web.Route;
import dev.boomerang.web.field.Json;
import dev.boomerang.web.http.Headers;
import dev.boomerang.web.http.Reply;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NativeApiTest {
  private static final String TO_ADA =
      "{\"audience\":{\"users\":[\"ada\",\"nobody\"]},\"notification\":{\"title\":\"Hi\"}}";

  private final ApiFixture apiFixture = new ApiFixture();

  @AfterEach
  void close() {
    apiFixture.close();
  }

  private Reply push(String body) {
    return apiFixture.asApp(SHOP, "POST", "/api/v1/pushes", body);
  }

  private JsonNode get(String target) {
    return ApiFixture.json(apiFixture.asApp(SHOP, "GET", target, ""));
  }

  @Test
  void push_toAUserAndAStranger_addsUp() {
    apiFixture.register(SHOP, ",\"userId\":\"ada\"");

    Reply reply = push(TO_ADA);

    assertThat(reply.status()).isEqualTo(201);
    JsonNode task = get("/api/v1/tasks/" + ApiFixture.json(reply).path("id").asText());
    assertThat(task.path("total").asInt()).isEqualTo(2);
    assertThat(task.path("unreached").asInt()).isEqualTo(1);
    assertThat(task.path("counts").path("queued").asInt()).isEqualTo(1);
    assertThat(task.path("origin").asText()).isEqualTo("native");
  }

  @Test
  void emoji_countAsOneCharacterEach() {
    String push = TO_ADA.replace("{\"audience\"", "{\"requestId\":\"%s\",\"audience\"");

    assertThat(push(push.formatted("😀".repeat(256))).status()).isEqualTo(201);
    assertThat(push(push.formatted("😀".repeat(257))).status()).isEqualTo(400);
  }

  @Test
  void push_withARequestIdAgain_getsTheFirstAnswerAndDeliversNothingMore() {
    var device = apiFixture.register(SHOP, ",\"userId\":\"ada\"");
    String body = TO_ADA.replaceFirst("\\{", "{\"requestId\":\"r1\",");

    Reply first = push(body);
    Reply again = push(body);
    Reply other = push(body.replace("Hi", "Ho"));

    assertThat(again.status()).isEqualTo(200);
    assertThat(ApiFixture.json(again).path("id")).isEqualTo(ApiFixture.json(first).path("id"));
    assertThat(other.status()).isEqualTo(409);
    assertThat(ApiFixture.code(other)).isEqualTo("id-taken");
    assertThat(ApiFixture.field(other)).isEqualTo("requestId");
    String id = ApiFixture.json(first).path("id").asText();
    assertThat(get("/api/v1/deliveries?task=" + id).path("deliveries")).hasSize(1);
    assertThat(
            get("/api/v1/deliveries?task=" + id + "&registration=" + device.id())
                .path("deliveries")
                .get(0)
                .path("timeline")
                .get(0)
                .path("state")
                .asText())
        .isEqualTo("queued");
  }

  @Test
  void stop_keepsBackWhatWaits_andSaysSoInTheCounts() {
    apiFixture.register(SHOP, ",\"userId\":\"ada\"");
    String task = ApiFixture.json(push(TO_ADA)).path("id").asText();
    String path = "/api/v1/tasks/" + task + "/stop";

    JsonNode stopped = ApiFixture.json(apiFixture.asApp(SHOP, "POST", path, ""));
    JsonNode again = ApiFixture.json(apiFixture.asApp(SHOP, "POST", path, "{}"));

    assertThat(stopped.path("counts").path("stopped").asInt()).isEqualTo(1);
    assertThat(stopped.path("counts").path("queued").asInt()).isZero();
    assertThat(again).isEqualTo(stopped);
    assertThat(get("/api/v1/tasks/" + task)).isEqualTo(stopped);
    assertThat(ApiFixture.field(apiFixture.asApp(SHOP, "POST", path, "{\"dryRun\":true}")))
        .isEqualTo("dryRun");
    assertThat(apiFixture.asApp(SHOP, "POST", "/api/v1/tasks/7/stop", "").status()).isEqualTo(404);
    assertThat(apiFixture.asApp(BANK, "POST", path, "").status()).isEqualTo(404);
  }

  @Test
  void recall_dryRun_changesNothing_thenTheRecallDoesWhatItSaid() {
    apiFixture.register(SHOP, ",\"userId\":\"ada\"");
    String task = ApiFixture.json(push(TO_ADA)).path("id").asText();
    String path = "/api/v1/tasks/" + task + "/recall";

    JsonNode dry = ApiFixture.json(apiFixture.asApp(SHOP, "POST", path, "{\"dryRun\":true}"));
    assertThat(get("/api/v1/tasks/" + task).path("counts").path("recalled").asInt()).isZero();
    JsonNode real = ApiFixture.json(apiFixture.asApp(SHOP, "POST", path, ""));
    JsonNode again = ApiFixture.json(apiFixture.asApp(SHOP, "POST", path, "{}"));

    assertThat(dry.path("prevented").asInt()).isEqualTo(1);
    assertThat(dry.path("total").asInt()).isEqualTo(1);
    assertThat(real.path("prevented").asInt()).isEqualTo(1);
    assertThat(again).isEqualTo(real);
    assertThat(get("/api/v1/recalls/" + real.path("id").asText())).isEqualTo(real);
    assertThat(get("/api/v1/tasks/" + task).path("counts").path("recalled").asInt()).isEqualTo(1);
  }

  @Test
  void recall_ofOneTarget_leavesTheOthers() {
    apiFixture.register(SHOP, ",\"userId\":\"ada\"");
    apiFixture.register(SHOP, ",\"userId\":\"bob\"");
    String task = ApiFixture.json(push(TO_ADA.replace("nobody", "bob"))).path("id").asText();
    String path = "/api/v1/tasks/" + task + "/recall";

    JsonNode recall = ApiFixture.json(apiFixture.asApp(SHOP, "POST", path, "{\"target\":\"bob\"}"));

    assertThat(recall.path("scope").asText()).isEqualTo("message");
    assertThat(recall.path("total").asInt()).isEqualTo(1);
    assertThat(get("/api/v1/tasks/" + task).path("counts").path("queued").asInt()).isEqualTo(1);
    assertThat(apiFixture.asApp(SHOP, "POST", path, "{\"target\":\"eve\"}").status())
        .isEqualTo(404);
  }

  @Test
  void recall_after7Days_isTooLateAndSaysSo() {
    String task = ApiFixture.json(push(TO_ADA)).path("id").asText();
    apiFixture.clock.advance(Duration.ofDays(7).plusSeconds(1));

    Reply reply = apiFixture.asApp(SHOP, "POST", "/api/v1/tasks/" + task + "/recall", "");

    assertThat(reply.status()).isEqualTo(409);
    assertThat(ApiFixture.code(reply)).isEqualTo("too-old");
  }

  @Test
  void otherApps_neitherSeeNorTouch() {
    var device = apiFixture.register(SHOP, ",\"userId\":\"ada\"");
    String task = ApiFixture.json(push(TO_ADA)).path("id").asText();
    String recall =
        ApiFixture.json(apiFixture.asApp(SHOP, "POST", "/api/v1/tasks/" + task + "/recall", ""))
            .path("id")
            .asText();

    Stream.of(
            apiFixture.asApp(BANK, "GET", "/api/v1/tasks/" + task, ""),
            apiFixture.asApp(BANK, "POST", "/api/v1/tasks/" + task + "/recall", ""),
            apiFixture.asApp(BANK, "GET", "/api/v1/recalls/" + recall, ""),
            apiFixture.asApp(BANK, "GET", "/api/v1/deliveries?task=" + task, ""),
            apiFixture.asApp(BANK, "GET", "/api/v1/registrations/" + device.id(), ""))
        .forEach(reply -> assertThat(ApiFixture.code(reply)).isEqualTo("not-found"));
    assertThat(
            ApiFixture.json(apiFixture.asApp(BANK, "GET", "/api/v1/registrations?user=ada", ""))
                .path("registrations"))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[]                                                                | invalid-field | body",
        "nonsense                                                          | invalid-field | body",
        "{}                                                                | missing-field |"
            + " notification",
        "{'data':{'body':'b'}}                                             | missing-field |"
            + " audience.users",
        "{'audience':{'users':[],'aliases':[]},'data':{'body':'b'}}        | missing-field |"
            + " audience.users",
        "{'audience':{'users':['a']}}                                      | missing-field |"
            + " notification",
        "{'audience':{'users':['a']},'notification':{'title':' '}}         | invalid-field |"
            + " notification.title",
        "{'audience':{'users':['a']},'notification':{'titel':'x'}}         | invalid-field |"
            + " notification.titel",
        "{'audience':{'users':['a']},'data':{'body':'b'},'ttlSeconds':0}   | invalid-field |"
            + " ttlSeconds",
        "{'audience':{'users':['a']},'data':{'body':'b'},'ttlSeconds':'x'} | invalid-field |"
            + " ttlSeconds",
        "{'audience':{'users':['a']},'data':{'body':'b'},'requestId':''}   | invalid-field |"
            + " requestId",
        "{'audience':{'users':['']},'data':{'body':'b'}}                   | invalid-field |"
            + " audience.users",
        "{'audience':{'users':'a'},'data':{'body':'b'}}                    | invalid-field |"
            + " audience.users",
        "{'audience':{'users':['a'],'platform':'palm'},'data':{'body':'b'}}| invalid-field |"
            + " audience.platform",
        "{'audience':{'users':[]},'data':{'body':'b'}}                     | missing-field |"
            + " audience.users",
        "{'audience':{'usrs':[]},'data':{'body':'b'}}                      | invalid-field |"
            + " audience.usrs",
        "{'audience':{'users':['a']},'data':{'body':'b'},'ttlSeconds':99999999} | invalid-field |"
            + " ttlSeconds",
      })
  void badPush_isRefusedByName_andNothingIsStored(String body, String code, String field) {
    Reply reply = push(body.replace('\'', '"'));

    assertThat(reply.status()).isEqualTo(400);
    assertThat(ApiFixture.code(reply)).isEqualTo(code);
    assertThat(ApiFixture.field(reply)).isEqualTo(field);
    assertThat(ApiFixture.json(reply).path("error").path("message").asText()).isNotEmpty();
  }

  @Test
  void push_tooLong_namesThePayload() {
    Reply reply = push(TO_ADA.replace("Hi", "x".repeat(70_000)));

    assertThat(reply.status()).isEqualTo(400);
    assertThat(ApiFixture.field(reply)).isEqualTo("notification");
  }

  @Test
  void token_missingWrongOrOfAnotherKind_isUnauthorized() {
    for (String value :
        List.of("", "Bearer", "Bearer nope", "Basic c2hvcDp4", "Bearer shop-device")) {
      Reply reply =
          apiFixture.call("GET", "/api/v1/tasks/1", Headers.of("Authorization", value), "");
      assertThat(reply.status()).as(value).isEqualTo(401);
      assertThat(ApiFixture.code(reply)).isEqualTo("unauthorized");
    }
  }

  @Test
  void unknownIds_areNotFound() {
    for (String target :
        List.of("/api/v1/tasks/7", "/api/v1/tasks/x", "/api/v1/recalls/7", "/api/v1/recalls/-1")) {
      assertThat(apiFixture.asApp(SHOP, "GET", target, "").status()).as(target).isEqualTo(404);
    }
    assertThat(apiFixture.asApp(SHOP, "DELETE", "/api/v1/tasks/7", "").status()).isEqualTo(405);
  }

  @Test
  void tooManyCalls_areToldToWait() {
    try (var limited =
        new ApiFixture(new NativeApi.Config(Duration.ofDays(1), 2), DeviceApi.Config.DEFAULT)) {
      limited.asApp(SHOP, "GET", "/api/v1/tasks/7", "");
      limited.asApp(SHOP, "GET", "/api/v1/tasks/7", "");

      Reply third = limited.asApp(SHOP, "GET", "/api/v1/tasks/7", "");

      assertThat(third.status()).isEqualTo(429);
      assertThat(limited.asApp(BANK, "GET", "/api/v1/tasks/7", "").status()).isEqualTo(404);
      limited.clock.advance(Duration.ofSeconds(1));
      assertThat(limited.asApp(SHOP, "GET", "/api/v1/tasks/7", "").status()).isEqualTo(404);
    }
  }

  @Test
  void openApi_describesExactlyTheRoutes() {
    Set<String> served = new HashSet<>();
    for (Route route :
        new NativeApi(apiFixture.engine, NativeApi.Config.DEFAULT, apiFixture.clock).routes()) {
      served.add(route.method() + " " + route.pattern());
    }
    Set<String> described = new HashSet<>();
    Json.read(NativeApi.openApi())
        .orElseThrow()
        .path("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .fieldNames()
                    .forEachRemaining(
                        method ->
                            described.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey())));

    assertThat(described).isEqualTo(served);
  }

  @Test
  void openApi_namesEveryError() {
    Set<String> codes = new HashSet<>();
    for (NativeError error : NativeError.values()) {
      codes.add(error.code());
    }
    // The server answers this for all paths alike.
    codes.add("method-not-allowed");
    Set<String> described = new HashSet<>();
    Json.read(NativeApi.openApi())
        .orElseThrow()
        .at("/components/schemas/Error/properties/error/properties/code/enum")
        .forEach(code -> described.add(code.asText()));

    assertThat(described).isEqualTo(codes);
  }
}
