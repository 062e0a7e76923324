// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.nativeapi;

import static dev.boomerang.kit.fixture.Fixtures.BANK;
import static dev.boomerang.kit.fixture.Fixtures.SHOP;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.boomerang.web.Headers;
import dev.boomerang.web.Json;
import dev.boomerang.web.Reply;
import dev.boomerang.web.Route;
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

  private final Doors doors = new Doors();

  @AfterEach
  void close() {
    doors.close();
  }

  private Reply push(String body) {
    return doors.asApp(SHOP, "POST", "/api/v1/pushes", body);
  }

  private JsonNode get(String target) {
    return Doors.json(doors.asApp(SHOP, "GET", target, ""));
  }

  @Test
  void push_toAUserAndAStranger_addsUp() {
    doors.register(SHOP, ",\"userId\":\"ada\"");

    Reply reply = push(TO_ADA);

    assertThat(reply.status()).isEqualTo(201);
    JsonNode task = get("/api/v1/tasks/" + Doors.json(reply).path("id").asText());
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
    var device = doors.register(SHOP, ",\"userId\":\"ada\"");
    String body = TO_ADA.replaceFirst("\\{", "{\"requestId\":\"r1\",");

    Reply first = push(body);
    Reply again = push(body);
    Reply other = push(body.replace("Hi", "Ho"));

    assertThat(again.status()).isEqualTo(200);
    assertThat(Doors.json(again).path("id")).isEqualTo(Doors.json(first).path("id"));
    assertThat(other.status()).isEqualTo(409);
    assertThat(Doors.code(other)).isEqualTo("id-taken");
    assertThat(Doors.field(other)).isEqualTo("requestId");
    String id = Doors.json(first).path("id").asText();
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
    doors.register(SHOP, ",\"userId\":\"ada\"");
    String task = Doors.json(push(TO_ADA)).path("id").asText();
    String path = "/api/v1/tasks/" + task + "/stop";

    JsonNode stopped = Doors.json(doors.asApp(SHOP, "POST", path, ""));
    JsonNode again = Doors.json(doors.asApp(SHOP, "POST", path, "{}"));

    assertThat(stopped.path("counts").path("stopped").asInt()).isEqualTo(1);
    assertThat(stopped.path("counts").path("queued").asInt()).isZero();
    assertThat(again).isEqualTo(stopped);
    assertThat(get("/api/v1/tasks/" + task)).isEqualTo(stopped);
    assertThat(Doors.field(doors.asApp(SHOP, "POST", path, "{\"dryRun\":true}")))
        .isEqualTo("dryRun");
    assertThat(doors.asApp(SHOP, "POST", "/api/v1/tasks/7/stop", "").status()).isEqualTo(404);
    assertThat(doors.asApp(BANK, "POST", path, "").status()).isEqualTo(404);
  }

  @Test
  void recall_dryRun_changesNothing_thenTheRecallDoesWhatItSaid() {
    doors.register(SHOP, ",\"userId\":\"ada\"");
    String task = Doors.json(push(TO_ADA)).path("id").asText();
    String path = "/api/v1/tasks/" + task + "/recall";

    JsonNode dry = Doors.json(doors.asApp(SHOP, "POST", path, "{\"dryRun\":true}"));
    assertThat(get("/api/v1/tasks/" + task).path("counts").path("recalled").asInt()).isZero();
    JsonNode real = Doors.json(doors.asApp(SHOP, "POST", path, ""));
    JsonNode again = Doors.json(doors.asApp(SHOP, "POST", path, "{}"));

    assertThat(dry.path("prevented").asInt()).isEqualTo(1);
    assertThat(dry.path("total").asInt()).isEqualTo(1);
    assertThat(real.path("prevented").asInt()).isEqualTo(1);
    assertThat(again).isEqualTo(real);
    assertThat(get("/api/v1/recalls/" + real.path("id").asText())).isEqualTo(real);
    assertThat(get("/api/v1/tasks/" + task).path("counts").path("recalled").asInt()).isEqualTo(1);
  }

  @Test
  void recall_ofOneTarget_leavesTheOthers() {
    doors.register(SHOP, ",\"userId\":\"ada\"");
    doors.register(SHOP, ",\"userId\":\"bob\"");
    String task = Doors.json(push(TO_ADA.replace("nobody", "bob"))).path("id").asText();
    String path = "/api/v1/tasks/" + task + "/recall";

    JsonNode recall = Doors.json(doors.asApp(SHOP, "POST", path, "{\"target\":\"bob\"}"));

    assertThat(recall.path("scope").asText()).isEqualTo("message");
    assertThat(recall.path("total").asInt()).isEqualTo(1);
    assertThat(get("/api/v1/tasks/" + task).path("counts").path("queued").asInt()).isEqualTo(1);
    assertThat(doors.asApp(SHOP, "POST", path, "{\"target\":\"eve\"}").status()).isEqualTo(404);
  }

  @Test
  void recall_after7Days_isTooLateAndSaysSo() {
    String task = Doors.json(push(TO_ADA)).path("id").asText();
    doors.clock.advance(Duration.ofDays(7).plusSeconds(1));

    Reply reply = doors.asApp(SHOP, "POST", "/api/v1/tasks/" + task + "/recall", "");

    assertThat(reply.status()).isEqualTo(409);
    assertThat(Doors.code(reply)).isEqualTo("too-old");
  }

  @Test
  void otherApps_neitherSeeNorTouch() {
    var device = doors.register(SHOP, ",\"userId\":\"ada\"");
    String task = Doors.json(push(TO_ADA)).path("id").asText();
    String recall =
        Doors.json(doors.asApp(SHOP, "POST", "/api/v1/tasks/" + task + "/recall", ""))
            .path("id")
            .asText();

    Stream.of(
            doors.asApp(BANK, "GET", "/api/v1/tasks/" + task, ""),
            doors.asApp(BANK, "POST", "/api/v1/tasks/" + task + "/recall", ""),
            doors.asApp(BANK, "GET", "/api/v1/recalls/" + recall, ""),
            doors.asApp(BANK, "GET", "/api/v1/deliveries?task=" + task, ""),
            doors.asApp(BANK, "GET", "/api/v1/registrations/" + device.id(), ""))
        .forEach(reply -> assertThat(Doors.code(reply)).isEqualTo("not-found"));
    assertThat(
            Doors.json(doors.asApp(BANK, "GET", "/api/v1/registrations?user=ada", ""))
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
    assertThat(Doors.code(reply)).isEqualTo(code);
    assertThat(Doors.field(reply)).isEqualTo(field);
    assertThat(Doors.json(reply).path("error").path("message").asText()).isNotEmpty();
  }

  @Test
  void push_tooLong_namesThePayload() {
    Reply reply = push(TO_ADA.replace("Hi", "x".repeat(70_000)));

    assertThat(reply.status()).isEqualTo(400);
    assertThat(Doors.field(reply)).isEqualTo("notification");
  }

  @Test
  void token_missingWrongOrOfAnotherKind_isUnauthorized() {
    for (String value :
        List.of("", "Bearer", "Bearer nope", "Basic c2hvcDp4", "Bearer shop-device")) {
      Reply reply = doors.call("GET", "/api/v1/tasks/1", Headers.of("Authorization", value), "");
      assertThat(reply.status()).as(value).isEqualTo(401);
      assertThat(Doors.code(reply)).isEqualTo("unauthorized");
    }
  }

  @Test
  void unknownIds_areNotFound() {
    for (String target :
        List.of("/api/v1/tasks/7", "/api/v1/tasks/x", "/api/v1/recalls/7", "/api/v1/recalls/-1")) {
      assertThat(doors.asApp(SHOP, "GET", target, "").status()).as(target).isEqualTo(404);
    }
    assertThat(doors.asApp(SHOP, "DELETE", "/api/v1/tasks/7", "").status()).isEqualTo(405);
  }

  @Test
  void tooManyCalls_areToldToWait() {
    try (var limited =
        new Doors(new NativeApi.Config(Duration.ofDays(1), 2), DeviceApi.Config.DEFAULT)) {
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
        new NativeApi(doors.engine, NativeApi.Config.DEFAULT, doors.clock).routes()) {
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
    // Told by the server for all paths alike.
    codes.add("method-not-allowed");
    Set<String> described = new HashSet<>();
    Json.read(NativeApi.openApi())
        .orElseThrow()
        .at("/components/schemas/Error/properties/error/properties/code/enum")
        .forEach(code -> described.add(code.asText()));

    assertThat(described).isEqualTo(codes);
  }
}
