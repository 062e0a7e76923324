// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.nativeapi.device;

import static dev.boomerang.kit.fixture.Fixtures.BANK;
import static dev.boomerang.kit.fixture.Fixtures.SHOP;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.boomerang.dialect.nativeapi.ApiFixture;
import dev.boomerang.dialect.nativeapi.NativeApi;
import dev.boomerang.web.http.Headers;
import dev.boomerang.web.http.Reply;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeviceApiTest {
  private final ApiFixture apiFixture = new ApiFixture();

  @AfterEach
  void close() {
    apiFixture.close();
  }

  private Reply post(String body) {
    return apiFixture.call(
        "POST", "/device/v1/registrations", Headers.of("Host", "push.example:7300"), body);
  }

  @Test
  void registration_tellsIdSecretAndWhereToConnect() {
    Reply reply = post("{\"appId\":\"shop\",\"deviceKey\":\"shop-device\",\"platform\":\"ios\"}");

    assertThat(reply.status()).isEqualTo(201);
    JsonNode json = ApiFixture.json(reply);
    assertThat(json.path("registrationId").asText()).matches("[0-9]{23}");
    assertThat(json.path("secret").asText()).hasSizeGreaterThan(20);
    assertThat(json.path("gateway").path("host").asText()).isEqualTo("push.example");
    assertThat(json.path("gateway").path("port").asInt()).isEqualTo(7310);
  }

  @Test
  void registration_withTheSameDeviceIdAndTheOldSecret_isTheSameWithANewSecret() {
    var first = apiFixture.register(SHOP, ",\"deviceId\":\"phone\",\"userId\":\"ada\"");
    var again =
        ApiFixture.registered(
            apiFixture.register(
                SHOP, ApiFixture.basic(first), ",\"deviceId\":\"phone\",\"userId\":\"bob\""));
    var foreign = apiFixture.register(BANK, ",\"deviceId\":\"phone\"");

    assertThat(again.id()).isEqualTo(first.id());
    assertThat(foreign.id()).isNotEqualTo(first.id());
    assertThat(apiFixture.asDevice(first, "GET", "").status()).isEqualTo(401);
    assertThat(ApiFixture.json(apiFixture.asDevice(again, "GET", "")).path("userId").asText())
        .isEqualTo("bob");
  }

  @Test
  void registration_again_keepsWhatItLeavesOut() {
    var first =
        apiFixture.register(
            SHOP,
            ",\"deviceId\":\"phone\",\"userId\":\"ada\",\"tags\":[\"x\"],"
                + "\"channels\":{\"hms\":\"t\"}");

    var again =
        ApiFixture.registered(
            apiFixture.register(SHOP, ApiFixture.basic(first), ",\"alias\":\"a\""));

    JsonNode known = ApiFixture.json(apiFixture.asDevice(again, "GET", ""));
    assertThat(again.id()).isEqualTo(first.id());
    assertThat(known.path("deviceId").asText()).isEqualTo("phone");
    assertThat(known.path("userId").asText()).isEqualTo("ada");
    assertThat(known.path("alias").asText()).isEqualTo("a");
    assertThat(known.path("tags")).hasSize(1);
    assertThat(known.path("channels")).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "push.example, push.example",
    "PUSH.example:7300, push.example",
    "evil.example, 0.0.0.0",
    "push.example.evil, 0.0.0.0",
    "push.example@evil, 0.0.0.0",
    "'push.example, evil', 0.0.0.0",
    "evil:7310:push.example, 0.0.0.0",
    "'', 0.0.0.0",
    "'\"><script>', 0.0.0.0",
  })
  void gatewayHost_repeatsOnlyAnAllowedHost(String asked, String expected) {
    String body = "{\"appId\":\"shop\",\"deviceKey\":\"shop-device\",\"platform\":\"web\"}";
    Reply reply =
        apiFixture.call("POST", "/device/v1/registrations", Headers.of("Host", asked), body);

    assertThat(ApiFixture.json(reply).at("/gateway/host").asText()).isEqualTo(expected);
    apiFixture.publicHost = "gateway.example";
    Reply set =
        apiFixture.call("POST", "/device/v1/registrations", Headers.of("Host", asked), body);
    assertThat(ApiFixture.json(set).at("/gateway/host").asText()).isEqualTo("gateway.example");
  }

  @Test
  void registrations_areLimitedByAddress_andIpv6ByItsNetwork() {
    try (var few =
        new ApiFixture(
            NativeApi.Config.DEFAULT,
            new DeviceApi.Config(0, 2, 0, Duration.ZERO, AllowedOrigins.ANY))) {
      String web = ",\"x\":1";
      assertThat(few.registerFrom("2001:db8::1", web).status()).isEqualTo(201);
      assertThat(few.registerFrom("2001:db8::2", web).status()).isEqualTo(201);
      Reply third = few.registerFrom("2001:db8:0:0:ffff::3", web);
      assertThat(third.status()).isEqualTo(429);
      assertThat(ApiFixture.code(third)).isEqualTo("too-many-requests");
      assertThat(third.headers().get("Retry-After")).contains("61");
      assertThat(few.registerFrom("2001:db8:0:1::1", web).status()).isEqualTo(201);
      assertThat(few.registerFrom("192.0.2.7", web).status()).isEqualTo(201);

      few.clock.advance(Duration.ofMinutes(1));
      assertThat(few.registerFrom("2001:db8::3", web).status()).isEqualTo(201);
    }
  }

  @Test
  void registrations_areLimitedByApp_ifThatIsSet_butWhoIsThereComesBack() {
    try (var few =
        new ApiFixture(
            NativeApi.Config.DEFAULT,
            new DeviceApi.Config(0, 0, 2, Duration.ZERO, AllowedOrigins.ANY))) {
      var first = few.register(SHOP, ",\"deviceId\":\"phone\"");
      few.register(SHOP, "");

      Reply third = few.register(SHOP, Headers.NONE, "");
      Reply takingOver = few.register(SHOP, Headers.NONE, ",\"deviceId\":\"phone\"");
      Reply back = few.register(SHOP, ApiFixture.basic(first), ",\"deviceId\":\"phone\"");

      assertThat(third.status()).isEqualTo(429);
      assertThat(ApiFixture.code(third)).isEqualTo("too-many-registrations");
      assertThat(takingOver.status()).isEqualTo(429);
      assertThat(ApiFixture.registered(back).id()).isEqualTo(first.id());
      assertThat(few.register(BANK, Headers.NONE, "").status()).isEqualTo(201);
      few.asDevice(ApiFixture.registered(back), "DELETE", "");
      assertThat(few.register(SHOP, Headers.NONE, "").status()).isEqualTo(201);
    }
  }

  @Test
  void change_setsWhatIsGiven_clearsWhatIsNull_leavesTheRest() {
    var device =
        apiFixture.register(
            SHOP, ",\"userId\":\"ada\",\"alias\":\"a\",\"channels\":{\"hms\":\"t\",\"fcm\":\"u\"}");

    JsonNode changed =
        ApiFixture.json(
            apiFixture.asDevice(
                device,
                "PATCH",
                "{\"userId\":null,\"tags\":[\"x\",\"y\"],\"channels\":{\"hms\":null},"
                    + "\"notifications\":false}"));

    assertThat(changed.has("userId")).isFalse();
    assertThat(changed.path("alias").asText()).isEqualTo("a");
    assertThat(changed.path("tags")).hasSize(2);
    assertThat(changed.path("channels")).hasSize(1);
    assertThat(changed.path("notifications").asBoolean()).isFalse();
  }

  @Test
  void change_byPostWithMethodOverride_isAChange() {
    var device = apiFixture.register(SHOP, "");
    String path = "/device/v1/registrations/" + device.id();

    assertThat(apiFixture.asDevice(device, "POST", "{}").status()).isEqualTo(405);
    assertThat(apiFixture.asDevice(device, "PATCH", "{}").status()).isEqualTo(200);
    assertThat(
            apiFixture
                .call("POST", path, Headers.of("X-HTTP-Method-Override", "PATCH"), "{}")
                .status())
        .isEqualTo(401);
  }

  @Test
  void leaving_endsTheRegistration_andWhatWaitsForIt() {
    var device = apiFixture.register(SHOP, ",\"userId\":\"ada\"");
    Reply push =
        apiFixture.asApp(
            SHOP,
            "POST",
            "/api/v1/pushes",
            "{\"audience\":{\"users\":[\"ada\"]},\"data\":{\"body\":\"b\"}}");

    assertThat(apiFixture.asDevice(device, "DELETE", "").status()).isEqualTo(204);

    assertThat(apiFixture.asDevice(device, "GET", "").status()).isEqualTo(401);
    String task = ApiFixture.json(push).path("id").asText();
    JsonNode delivery =
        ApiFixture.json(apiFixture.asApp(SHOP, "GET", "/api/v1/deliveries?task=" + task, ""))
            .path("deliveries")
            .get(0);
    assertThat(delivery.path("state").asText()).isEqualTo("failed");
    assertThat(delivery.path("cause").asText()).isEqualTo("registration-left");
  }

  @Test
  void wrongSecret_orAnothersSecret_isRefused() {
    var one = apiFixture.register(SHOP, "");
    var two = apiFixture.register(SHOP, "");

    assertThat(apiFixture.asDevice(new ApiFixture.Registered(one.id(), "nope"), "GET", "").status())
        .isEqualTo(401);
    assertThat(
            apiFixture
                .asDevice(new ApiFixture.Registered(one.id(), two.secret()), "GET", "")
                .status())
        .isEqualTo(401);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'deviceKey':'shop-device','platform':'web'}                 | 400 | missing-field |"
            + " appId",
        "{'appId':'shop','platform':'web'}                            | 400 | missing-field |"
            + " deviceKey",
        "{'appId':'shop','deviceKey':'shop-device'}                   | 400 | missing-field |"
            + " platform",
        "{'appId':'shop','deviceKey':'shop-device','platform':'palm'} | 400 | invalid-field |"
            + " platform",
        "{'appId':'shop','deviceKey':'bank-device','platform':'web'}  | 401 | unauthorized  | ''",
        "{'appId':'shop','deviceKey':'shop-token','platform':'web'}   | 401 | unauthorized  | ''",
        "{'appId':'shop','deviceKey':'shop-device','platform':'web','deviceId':''} | 400 |"
            + " invalid-field | deviceId",
        "{'appId':'shop','deviceKey':'shop-device','platform':'web','tags':'x'}    | 400 |"
            + " invalid-field | tags",
        "{'appId':'shop','deviceKey':'shop-device','platform':'web','channels':[1]} | 400 |"
            + " invalid-field | channels",
        "{'appId':'shop','deviceKey':'shop-device','platform':'web',"
            + "'deviceId':'17400000000000123456789'} | 400 | invalid-field | deviceId",
        "no json                                                      | 400 | invalid-field | body",
      })
  void badRegistration_isRefusedByName(String body, int status, String code, String field) {
    Reply reply = post(body.replace('\'', '"'));

    assertThat(reply.status()).isEqualTo(status);
    assertThat(ApiFixture.code(reply)).isEqualTo(code);
    assertThat(ApiFixture.field(reply)).isEqualTo(field);
  }

  @Test
  void badChange_isRefusedByName_andChangesNothing() {
    var device = apiFixture.register(SHOP, ",\"userId\":\"ada\"");

    Reply reply = apiFixture.asDevice(device, "PATCH", "{\"userId\":\"bob\",\"tags\":[1,[]]}");

    assertThat(reply.status()).isEqualTo(400);
    assertThat(ApiFixture.field(reply)).isEqualTo("tags");
    assertThat(ApiFixture.json(apiFixture.asDevice(device, "GET", "")).path("userId").asText())
        .isEqualTo("ada");
  }
}
