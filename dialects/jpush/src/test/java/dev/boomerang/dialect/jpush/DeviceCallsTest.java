// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.jpush;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.boomerang.dialect.jpush.base.JpushConfig;
import dev.boomerang.engine.registration.DeviceClaim;
import dev.boomerang.engine.registration.RegisterResult;
import dev.boomerang.engine.registration.Registrations;
import dev.boomerang.kit.fixture.Fixtures;
import dev.boomerang.kit.fixture.TestDevice;
import dev.boomerang.model.app.IdentityMode;
import dev.boomerang.model.registration.Device;
import dev.boomerang.model.registration.Platform;
import dev.boomerang.model.registration.Profile;
import dev.boomerang.model.registration.Registration;
import dev.boomerang.web.field.Json;
import dev.boomerang.web.http.Reply;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeviceCallsTest {
  private static final String NOBODY = "9".repeat(23);

  private final JpushFixture jpushFixture = new JpushFixture();

  @AfterEach
  void close() {
    jpushFixture.close();
  }

  private String shown(Registration device) {
    Reply reply = jpushFixture.get("/v3/devices/" + device.id());
    assertThat(reply.status()).isEqualTo(200);
    return reply.body().text();
  }

  private Reply change(Registration device, String body) {
    return jpushFixture.post("/v3/devices/" + device.id(), body);
  }

  private void changed(Registration device, String body) {
    Reply reply = change(device, body);
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.body().text()).isEqualTo("{}");
  }

  private static String tags(int from, int to) {
    return IntStream.range(from, to).mapToObj(i -> "'t" + i + "'").collect(Collectors.joining(","));
  }

  @Test
  void device_withNothing_hasAnEmptyListOfTags() {
    Registration bare = jpushFixture.phone(Platform.IOS, Optional.empty());

    assertThat(shown(bare)).isEqualTo("{\"tags\":[],\"alias\":null,\"mobile\":null}");
  }

  @Test
  void change_touchesOnlyWhatItNames() {
    Registration phone = jpushFixture.android("ada", "a", "b");

    changed(phone, "{'tags':{'add':['c','深圳'],'remove':['a','x']}}");
    assertThat(shown(phone))
        .isEqualTo("{\"tags\":[\"b\",\"c\",\"深圳\"],\"alias\":\"ada\",\"mobile\":null}");

    changed(phone, "{'alias':'bob'}");
    changed(phone, "{'mobile':'13012345678'}");
    assertThat(shown(phone))
        .isEqualTo("{\"tags\":[\"b\",\"c\",\"深圳\"],\"alias\":\"bob\",\"mobile\":\"13012345678\"}");

    changed(phone, "{}");
    assertThat(shown(phone)).contains("bob").contains("13012345678");
  }

  @Test
  void change_toEmptyTexts_clears() {
    Registration phone = jpushFixture.android("ada", "a", "b");
    changed(phone, "{'mobile':'+86-13012345678'}");

    changed(phone, "{'tags':'','alias':'','mobile':''}");

    assertThat(shown(phone)).isEqualTo("{\"tags\":[],\"alias\":null,\"mobile\":null}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'tags':'t1'}",
        "{'tags':['t1']}",
        "{'tags':{'add':'t1'}}",
        "{'tags':{'add':['a b']}}",
        "{'tags':{'add':['']}}",
        "{'alias':{'add':['x']}}",
        "{'alias':'12345678901234567890123456789012345678901'}",
        "{'alias':'深圳深圳深圳深圳深圳深圳深圳'}",
        "{'alias':'a\\nb'}",
        "{'mobile':'not a number'}",
        "['tags']",
        "no json"
      })
  void change_thatCannotBe_is7002_andChangesNothing(String body) {
    Registration phone = jpushFixture.android("ada", "a");

    Reply reply = change(phone, body);

    assertThat(reply.status()).isEqualTo(400);
    assertThat(JpushFixture.code(reply)).isEqualTo(7002);
    assertThat(shown(phone)).isEqualTo("{\"tags\":[\"a\"],\"alias\":\"ada\",\"mobile\":null}");
  }

  @Test
  void tags_ofOneCall_areAtMost100With1000Bytes() {
    Registration phone = jpushFixture.android("ada");
    String long40 =
        IntStream.range(10, 36)
            .mapToObj(i -> "'" + "x".repeat(38) + i + "'")
            .collect(Collectors.joining(","));

    assertThat(JpushFixture.code(change(phone, "{'tags':{'add':[" + tags(0, 101) + "]}}")))
        .isEqualTo(7002);
    assertThat(JpushFixture.code(change(phone, "{'tags':{'add':[" + long40 + "]}}")))
        .isEqualTo(7002);

    changed(phone, "{'tags':{'add':[" + tags(0, 100) + "]}}");
  }

  @Test
  void tags_ofOneDevice_areAtMost1000() {
    Registration phone = jpushFixture.android("ada");
    for (int i = 0; i < 1_000; i += 100) {
      changed(phone, "{'tags':{'add':[" + tags(i, i + 100) + "]}}");
    }

    assertThat(JpushFixture.code(change(phone, "{'tags':{'add':['more']}}"))).isEqualTo(7002);
    assertThat(JpushFixture.code(jpushFixture.post("/v3/tags/more", ids("add", phone))))
        .isEqualTo(7002);
    changed(phone, "{'tags':{'add':['more'],'remove':['t0']}}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"rid1", "99999999999999999999999"})
  void device_thatTheAppDoesNotHave_is7002(String id) {
    for (Reply reply :
        new Reply[] {
          jpushFixture.get("/v3/devices/" + id),
          jpushFixture.post("/v3/devices/" + id, "{'alias':'a'}"),
          jpushFixture.get("/v3/tags/t/registration_ids/" + id)
        }) {
      assertThat(reply.status()).isEqualTo(400);
      assertThat(reply.body().text())
          .isEqualTo(
              "{\"error\":{\"code\":7002,\"message\":\"registration_id is invalid\","
                  + "\"illegal_rids\":[\""
                  + id
                  + "\"]}}");
    }
  }

  @Test
  void device_ofAnotherApp_is7002() {
    Registration phone = jpushFixture.android("ada");

    Reply reply = jpushFixture.as(JpushFixture.BANK_KEY, "GET", "/v3/devices/" + phone.id(), "");

    assertThat(JpushFixture.code(reply)).isEqualTo(7002);
  }

  @Test
  void alias_isForTenDevices_andOneMoreIs7015() {
    for (int i = 0; i < 9; i++) {
      jpushFixture.android("ada");
    }
    Registration tenth = jpushFixture.phone(Platform.ANDROID, Optional.empty());
    Registration eleventh = jpushFixture.phone(Platform.ANDROID, Optional.empty());

    changed(tenth, "{'alias':'ada'}");
    changed(tenth, "{'alias':'ada'}");
    Reply reply = change(eleventh, "{'alias':'ada','tags':{'add':['t']}}");

    assertThat(reply.status()).isEqualTo(400);
    assertThat(JpushFixture.code(reply)).isEqualTo(7015);
    assertThat(shown(eleventh)).isEqualTo("{\"tags\":[],\"alias\":null,\"mobile\":null}");
  }

  @Test
  void alias_isShownInBothFormats_forThePlatformsAskedFor() {
    Registration android = jpushFixture.android("ada");
    Registration ios = jpushFixture.phone(Platform.IOS, Optional.of("ada"));
    jpushFixture.connect(ios).disconnect();

    assertThat(JpushFixture.json(jpushFixture.get("/v3/aliases/ada")).path("registration_ids"))
        .map(JsonNode::textValue)
        .containsExactlyInAnyOrder(android.id().value(), ios.id().value());
    assertThat(jpushFixture.get("/v3/aliases/ada/?platform=ios%2Chmos").body().text())
        .isEqualTo("{\"registration_ids\":[\"" + ios.id() + "\"]}");
    assertThat(jpushFixture.get("/v3/aliases/nobody").body().text())
        .isEqualTo("{\"registration_ids\":[]}");
    String described =
        "{\"data\":[{\"registration_id\":\""
            + ios.id()
            + "\",\"platform\":\"ios\",\"last_online_date\":\"2026-01-01\"}]}";
    assertThat(jpushFixture.get("/v3/aliases/ada?platform=ios&new_format=true").body().text())
        .isEqualTo(described);
    assertThat(
            JpushFixture.json(jpushFixture.get("/v3/aliases/ada&new_format=true"))
                .path("data")
                .findValues("platform"))
        .hasSize(2);
  }

  @Test
  void platform_thatIsNone_is7002() {
    assertThat(JpushFixture.code(jpushFixture.get("/v3/aliases/ada?platform=ios,symbian")))
        .isEqualTo(7002);
    assertThat(
            JpushFixture.code(
                jpushFixture.as(JpushFixture.KEY, "DELETE", "/v3/tags/t?platform=x", "")))
        .isEqualTo(7002);
    assertThat(JpushFixture.code(jpushFixture.get("/v3/aliases/a%20b"))).isEqualTo(7002);
    assertThat(
            JpushFixture.code(
                jpushFixture.as(JpushFixture.KEY, "DELETE", "/v3/tags/" + "x".repeat(41), "")))
        .isEqualTo(7002);
  }

  private static String ids(String member, Registration... devices) {
    return "{'registration_ids':{'"
        + member
        + "':["
        + java.util.Arrays.stream(devices)
            .map(device -> "'" + device.id() + "'")
            .collect(Collectors.joining(","))
        + "]}}";
  }

  @Test
  void alias_isTakenFromTheDevicesNamed() {
    Registration first = jpushFixture.android("ada");
    Registration second = jpushFixture.android("ada");
    Registration other = jpushFixture.android("bob");

    Reply reply = jpushFixture.post("/v3/aliases/ada", ids("remove", first, other));

    assertThat(reply.status()).isEqualTo(200);
    assertThat(shown(first)).contains("\"alias\":null");
    assertThat(shown(second)).contains("ada");
    assertThat(shown(other)).contains("bob");
  }

  @Test
  void alias_deleted_isTakenFromAllOfThePlatform() {
    Registration android = jpushFixture.android("ada", "t");
    Registration ios = jpushFixture.phone(Platform.IOS, Optional.of("ada"));

    jpushFixture.as(JpushFixture.KEY, "DELETE", "/v3/aliases/ada?platform=android", "null");
    assertThat(shown(android)).isEqualTo("{\"tags\":[\"t\"],\"alias\":null,\"mobile\":null}");
    assertThat(shown(ios)).contains("ada");

    jpushFixture.as(JpushFixture.KEY, "DELETE", "/v3/aliases/ada", "");
    assertThat(shown(ios)).contains("\"alias\":null");
  }

  @Test
  void tags_areListedAddedRemovedAndAskedFor() {
    Registration first = jpushFixture.android("a", "深圳");
    Registration second = jpushFixture.android("b");

    Reply reply = jpushFixture.post("/v3/tags//vip", ids("add", first, second));

    assertThat(reply.status()).isEqualTo(200);
    assertThat(jpushFixture.get("/v3/tags/").body().text())
        .isEqualTo("{\"tags\":[\"vip\",\"深圳\"]}");
    jpushFixture.post("/v3/tags/vip", ids("remove", first));
    assertThat(jpushFixture.get("/v3/tags/vip/registration_ids/" + first.id()).body().text())
        .isEqualTo("{\"result\":false}");
    assertThat(jpushFixture.get("/v3/tags//vip/registration_ids/" + second.id()).body().text())
        .isEqualTo("{\"result\":true}");
  }

  @Test
  void tag_deleted_isTakenFromAllOfThePlatform_howeverMany() {
    for (int i = 0; i < 600; i++) {
      jpushFixture.android("a" + i, "big", "kept");
    }
    Registration ios = jpushFixture.phone(Platform.IOS, Optional.empty(), "big");

    jpushFixture.as(JpushFixture.KEY, "DELETE", "/v3/tags/big?platform=android,quickapp", "");

    assertThat(jpushFixture.get("/v3/tags").body().text())
        .isEqualTo("{\"tags\":[\"big\",\"kept\"]}");
    assertThat(shown(ios)).contains("big");
    jpushFixture.as(JpushFixture.KEY, "DELETE", "/v3/tags/big", "");
    assertThat(jpushFixture.get("/v3/tags").body().text()).isEqualTo("{\"tags\":[\"kept\"]}");
  }

  @ParameterizedTest
  @CsvSource({"/v3/tags/vip, add", "/v3/tags/vip, remove", "/v3/aliases/ada, remove"})
  void idsThatAreNone_areNamed_andNothingIsChanged(String target, String member) {
    Registration phone = jpushFixture.android("ada", member.equals("remove") ? "vip" : "x");
    String before = shown(phone);

    Reply some =
        jpushFixture.post(
            target,
            "{'registration_ids':{'"
                + member
                + "':['"
                + phone.id()
                + "','rid1','"
                + NOBODY
                + "']}}");
    Reply all = jpushFixture.post(target, "{'registration_ids':{'" + member + "':['rid1']}}");

    assertThat(JpushFixture.code(some)).isEqualTo(7013);
    assertThat(JpushFixture.json(some).at("/error/illegal_rids").toString())
        .isEqualTo("[\"rid1\",\"" + NOBODY + "\"]");
    assertThat(JpushFixture.code(all)).isEqualTo(7002);
    assertThat(shown(phone)).isEqualTo(before);
  }

  @Test
  void ids_moreThan1000_are7002() {
    String many =
        IntStream.range(0, 1_001)
            .mapToObj(i -> "'%023d'".formatted(i))
            .collect(Collectors.joining(","));

    assertThat(
            JpushFixture.code(
                jpushFixture.post("/v3/tags/t", "{'registration_ids':{'add':[" + many + "]}}")))
        .isEqualTo(7002);
    assertThat(
            JpushFixture.code(
                jpushFixture.post("/v3/devices/status", "{'registration_ids':[" + many + "]}")))
        .isEqualTo(7002);
  }

  @Test
  void status_ofADeviceThatNeverConnected_isOffline_withoutATime_howeverOftenItRegisters() {
    Registration phone = again("phone-1");
    String id = phone.id().value();
    assertThat(JpushFixture.json(status(phone)).path(id).toString())
        .isEqualTo("{\"online\":false}");

    jpushFixture.clock.advance(Duration.ofMinutes(5));
    assertThat(again("phone-1").id()).isEqualTo(phone.id());

    assertThat(JpushFixture.json(status(phone)).path(id).toString())
        .isEqualTo("{\"online\":false}");
    assertThat(JpushFixture.json(jpushFixture.get("/v3/aliases/ada?new_format=true")).at("/data/0"))
        .isEqualTo(Json.object().put("registration_id", id).put("platform", "android"));
  }

  @Test
  void status_goesByTheConnection_notByRegistering() {
    Registration phone = again("phone-1");
    String id = phone.id().value();
    TestDevice connection = jpushFixture.connect(phone);
    jpushFixture.clock.advance(Duration.ofHours(1));
    assertThat(JpushFixture.json(status(phone)).path(id).toString()).isEqualTo("{\"online\":true}");
    connection.disconnect();
    jpushFixture.clock.advance(Duration.ofMinutes(9));
    assertThat(JpushFixture.json(status(phone)).path(id).toString()).isEqualTo("{\"online\":true}");
    jpushFixture.clock.advance(Duration.ofMinutes(1));

    again("phone-1");

    assertThat(JpushFixture.json(status(phone)).path(id).toString())
        .isEqualTo("{\"online\":false,\"last_online_time\":\"2026-01-01 17:00:00\"}");
  }

  @Test
  void status_isTheSame_onceItIsWrittenDown() {
    Registration phone = again("phone-1");
    jpushFixture.connect(phone).disconnect();
    jpushFixture.engine.housekeeping().runOnce();
    assertThat(jpushFixture.engine.registrations().find(Fixtures.SHOP, phone.id()).orElseThrow())
        .matches(Registration::hasConnected);

    assertThat(JpushFixture.json(status(phone)).path(phone.id().value()).toString())
        .isEqualTo("{\"online\":true}");
  }

  /// Registers as a device does that comes back with its secret, if it was here before.
  private Registration again(String deviceId) {
    Registrations registrations = jpushFixture.engine.registrations();
    var claim =
        new DeviceClaim(
            IdentityMode.OPEN, registrations.findDevice(Fixtures.SHOP, deviceId), Optional.empty());
    var done =
        (RegisterResult.Done)
            registrations.register(
                Fixtures.SHOP,
                new Device(Platform.ANDROID, Optional.of(deviceId), Map.of()),
                new Profile(Optional.empty(), Optional.of("ada"), Set.of(), Optional.empty()),
                Map.of(),
                claim,
                0);
    return done.registered().registration();
  }

  private Reply status(Registration... devices) {
    return jpushFixture.post(
        "/v3/devices/status/",
        "{'registration_ids':["
            + java.util.Arrays.stream(devices)
                .map(device -> "'" + device.id() + "'")
                .collect(Collectors.joining(","))
            + ",'rid3']}");
  }

  @Test
  void status_isOnline_forTenMinutes_andRememberedForTwoDays() {
    Registration phone = jpushFixture.android("ada");
    String id = phone.id().value();
    jpushFixture.connect(phone).disconnect();
    assertThat(status(phone).body().text())
        .isEqualTo("{\"rid3\":{},\"" + id + "\":{\"online\":true}}");

    jpushFixture.clock.advance(Duration.ofMinutes(10));
    assertThat(JpushFixture.json(status(phone)).path(id).toString())
        .isEqualTo("{\"online\":false,\"last_online_time\":\"2026-01-01 16:00:00\"}");

    jpushFixture.clock.advance(Duration.ofDays(2));
    assertThat(JpushFixture.json(status(phone)).path(id).toString())
        .isEqualTo("{\"online\":false}");
    assertThat(JpushFixture.code(jpushFixture.post("/v3/devices/status", "{}"))).isEqualTo(7002);
  }

  @Test
  void credentials_missing_are7001_andWrong_are7004() {
    Reply missing =
        jpushFixture.call("GET", "/v3/tags", dev.boomerang.web.http.Headers.NONE, new byte[0]);
    Reply wrong =
        jpushFixture.call(
            "GET", "/v3/tags", JpushFixture.basic(JpushFixture.KEY, "x".repeat(24)), new byte[0]);

    assertThat(missing.status()).isEqualTo(401);
    assertThat(JpushFixture.code(missing)).isEqualTo(7001);
    assertThat(wrong.status()).isEqualTo(401);
    assertThat(JpushFixture.code(wrong)).isEqualTo(7004);
  }

  @Test
  void emptyBodies_ifAskedFor_areEmpty() {
    JpushConfig config = new JpushConfigBuilder().emptyBodies().devicesPerAlias(0).get();
    try (var literal = new JpushFixture(config)) {
      Registration phone = literal.android("ada");
      for (int i = 0; i < 11; i++) {
        literal.android("crowd");
      }

      Reply reply = literal.post("/v3/devices/" + phone.id(), "{'alias':'crowd'}");

      assertThat(reply.status()).isEqualTo(200);
      assertThat(reply.body().isEmpty()).isTrue();
      assertThat(reply.headers().get("Content-Type"))
          .hasValueSatisfying(type -> assertThat(type).startsWith("application/json"));
    }
  }
}
