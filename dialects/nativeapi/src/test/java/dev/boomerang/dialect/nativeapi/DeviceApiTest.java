// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.nativeapi;

import static dev.boomerang.kit.fixture.Fixtures.BANK;
import static dev.boomerang.kit.fixture.Fixtures.SHOP;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.boomerang.web.Headers;
import dev.boomerang.web.Reply;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeviceApiTest {
  private final Doors doors = new Doors();

  @AfterEach
  void close() {
    doors.close();
  }

  private Reply post(String body) {
    return doors.call(
        "POST", "/device/v1/registrations", Headers.of("Host", "push.example:7300"), body);
  }

  @Test
  void registration_tellsIdSecretAndWhereToConnect() {
    Reply reply = post("{\"appId\":\"shop\",\"deviceKey\":\"shop-device\",\"platform\":\"ios\"}");

    assertThat(reply.status()).isEqualTo(201);
    JsonNode json = Doors.json(reply);
    assertThat(json.path("registrationId").asText()).matches("[0-9]{23}");
    assertThat(json.path("secret").asText()).hasSizeGreaterThan(20);
    assertThat(json.path("gateway").path("host").asText()).isEqualTo("push.example");
    assertThat(json.path("gateway").path("port").asInt()).isEqualTo(7310);
  }

  @Test
  void registration_withTheSameDeviceIdAndTheOldSecret_isTheSameWithANewSecret() {
    var first = doors.register(SHOP, ",\"deviceId\":\"phone\",\"userId\":\"ada\"");
    var again =
        Doors.registered(
            doors.register(SHOP, Doors.basic(first), ",\"deviceId\":\"phone\",\"userId\":\"bob\""));
    var foreign = doors.register(BANK, ",\"deviceId\":\"phone\"");

    assertThat(again.id()).isEqualTo(first.id());
    assertThat(foreign.id()).isNotEqualTo(first.id());
    assertThat(doors.asDevice(first, "GET", "").status()).isEqualTo(401);
    assertThat(Doors.json(doors.asDevice(again, "GET", "")).path("userId").asText())
        .isEqualTo("bob");
  }

  @Test
  void registration_again_keepsWhatItLeavesOut() {
    var first =
        doors.register(
            SHOP,
            ",\"deviceId\":\"phone\",\"userId\":\"ada\",\"tags\":[\"x\"],"
                + "\"channels\":{\"hms\":\"t\"}");

    var again = Doors.registered(doors.register(SHOP, Doors.basic(first), ",\"alias\":\"a\""));

    JsonNode known = Doors.json(doors.asDevice(again, "GET", ""));
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
  void gatewayHost_repeatsOnlyAnAllowedHost(String asked, String told) {
    String body = "{\"appId\":\"shop\",\"deviceKey\":\"shop-device\",\"platform\":\"web\"}";
    Reply reply = doors.call("POST", "/device/v1/registrations", Headers.of("Host", asked), body);

    assertThat(Doors.json(reply).at("/gateway/host").asText()).isEqualTo(told);
    doors.publicHost = "gateway.example";
    Reply set = doors.call("POST", "/device/v1/registrations", Headers.of("Host", asked), body);
    assertThat(Doors.json(set).at("/gateway/host").asText()).isEqualTo("gateway.example");
  }

  @Test
  void registrations_areLimitedByAddress_andIpv6ByItsNetwork() {
    try (var few =
        new Doors(
            NativeApi.Config.DEFAULT, new DeviceApi.Config(0, 2, 0, Duration.ZERO, Origins.ANY))) {
      String web = ",\"x\":1";
      assertThat(few.registerFrom("2001:db8::1", web).status()).isEqualTo(201);
      assertThat(few.registerFrom("2001:db8::2", web).status()).isEqualTo(201);
      Reply third = few.registerFrom("2001:db8:0:0:ffff::3", web);
      assertThat(third.status()).isEqualTo(429);
      assertThat(Doors.code(third)).isEqualTo("too-many-requests");
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
        new Doors(
            NativeApi.Config.DEFAULT, new DeviceApi.Config(0, 0, 2, Duration.ZERO, Origins.ANY))) {
      var first = few.register(SHOP, ",\"deviceId\":\"phone\"");
      few.register(SHOP, "");

      Reply third = few.register(SHOP, Headers.NONE, "");
      Reply takingOver = few.register(SHOP, Headers.NONE, ",\"deviceId\":\"phone\"");
      Reply back = few.register(SHOP, Doors.basic(first), ",\"deviceId\":\"phone\"");

      assertThat(third.status()).isEqualTo(429);
      assertThat(Doors.code(third)).isEqualTo("too-many-registrations");
      assertThat(takingOver.status()).isEqualTo(429);
      assertThat(Doors.registered(back).id()).isEqualTo(first.id());
      assertThat(few.register(BANK, Headers.NONE, "").status()).isEqualTo(201);
      few.asDevice(Doors.registered(back), "DELETE", "");
      assertThat(few.register(SHOP, Headers.NONE, "").status()).isEqualTo(201);
    }
  }

  @Test
  void change_setsWhatIsGiven_clearsWhatIsNull_leavesTheRest() {
    var device =
        doors.register(
            SHOP, ",\"userId\":\"ada\",\"alias\":\"a\",\"channels\":{\"hms\":\"t\",\"fcm\":\"u\"}");

    JsonNode changed =
        Doors.json(
            doors.asDevice(
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
    var device = doors.register(SHOP, "");
    String path = "/device/v1/registrations/" + device.id();

    assertThat(doors.asDevice(device, "POST", "{}").status()).isEqualTo(405);
    assertThat(doors.asDevice(device, "PATCH", "{}").status()).isEqualTo(200);
    assertThat(
            doors.call("POST", path, Headers.of("X-HTTP-Method-Override", "PATCH"), "{}").status())
        .isEqualTo(401);
  }

  @Test
  void leaving_endsTheRegistration_andWhatWaitsForIt() {
    var device = doors.register(SHOP, ",\"userId\":\"ada\"");
    Reply push =
        doors.asApp(
            SHOP,
            "POST",
            "/api/v1/pushes",
            "{\"audience\":{\"users\":[\"ada\"]},\"data\":{\"body\":\"b\"}}");

    assertThat(doors.asDevice(device, "DELETE", "").status()).isEqualTo(204);

    assertThat(doors.asDevice(device, "GET", "").status()).isEqualTo(401);
    String task = Doors.json(push).path("id").asText();
    JsonNode delivery =
        Doors.json(doors.asApp(SHOP, "GET", "/api/v1/deliveries?task=" + task, ""))
            .path("deliveries")
            .get(0);
    assertThat(delivery.path("state").asText()).isEqualTo("failed");
    assertThat(delivery.path("cause").asText()).isEqualTo("registration-left");
  }

  @Test
  void wrongSecret_orAnothersSecret_isRefused() {
    var one = doors.register(SHOP, "");
    var two = doors.register(SHOP, "");

    assertThat(doors.asDevice(new Doors.Registered(one.id(), "nope"), "GET", "").status())
        .isEqualTo(401);
    assertThat(doors.asDevice(new Doors.Registered(one.id(), two.secret()), "GET", "").status())
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
    assertThat(Doors.code(reply)).isEqualTo(code);
    assertThat(Doors.field(reply)).isEqualTo(field);
  }

  @Test
  void badChange_isRefusedByName_andChangesNothing() {
    var device = doors.register(SHOP, ",\"userId\":\"ada\"");

    Reply reply = doors.asDevice(device, "PATCH", "{\"userId\":\"bob\",\"tags\":[1,[]]}");

    assertThat(reply.status()).isEqualTo(400);
    assertThat(Doors.field(reply)).isEqualTo("tags");
    assertThat(Doors.json(doors.asDevice(device, "GET", "")).path("userId").asText())
        .isEqualTo("ada");
  }
}
