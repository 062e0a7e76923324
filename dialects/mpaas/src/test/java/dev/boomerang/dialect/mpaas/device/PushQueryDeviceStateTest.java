// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.mpaas.device;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boomerang.dialect.mpaas.fixture.MpaasFixture;
import dev.boomerang.dialect.mpaas.fixture.SignedRequest.Answer;
import dev.boomerang.kit.fixture.TestDevice;
import dev.boomerang.model.app.AppId;
import dev.boomerang.model.registration.Device;
import dev.boomerang.model.registration.Platform;
import dev.boomerang.model.registration.Profile;
import dev.boomerang.model.registration.Registration;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PushQueryDeviceStateTest {
  private final MpaasFixture fixture = MpaasFixture.open();

  @AfterEach
  void close() {
    fixture.close();
  }

  private Answer ask(String type, String target) {
    return fixture
        .action("PushQueryDeviceState")
        .param("TargetType", type)
        .param("Target", target)
        .send();
  }

  @Test
  void state_ofADevice() {
    Registration registration = fixture.register("d1", "user1024");

    Answer offline = ask("1", "d1");
    TestDevice.silent(fixture.engine.devices(), registration);
    Answer online = ask("1", registration.id().value());

    assertThat(offline.json().fieldNames())
        .toIterable()
        .containsExactly("RequestId", "Success", "Code", "Message", "Data");
    assertThat(offline.json().path("Success").asBoolean()).isTrue();
    assertThat(offline.text("/Code")).isEqualTo("100");
    assertThat(offline.text("/Message")).isEqualTo("SUCCESS");
    assertThat(offline.json().path("Data").toString())
        .isEqualTo(
            "{\"UserId\":\"user1024\",\"DeviceId\":\"d1\",\"DeliveryToken\":\"%s\","
                    .formatted(registration.id())
                + "\"ThirdToken\":\"\",\"Platform\":\"android\",\"Manufacturer\":\"android\","
                + "\"Statue\":\"OFFLINE\"}");
    assertThat(online.text("/Data/Statue")).isEqualTo("ONLINE");
  }

  @Test
  void state_ofAUser_isThatOfADeviceThatIsConnected_elseTheOneSeenLast() {
    Registration first = fixture.register("d1", "user1024");
    fixture.clock.advance(Duration.ofMinutes(1));
    fixture.register("d2", "user1024");

    assertThat(ask("2", "user1024").text("/Data/DeviceId")).isEqualTo("d2");

    TestDevice.silent(fixture.engine.devices(), first);
    assertThat(ask("2", "user1024").text("/Data/DeviceId")).isEqualTo("d1");
  }

  @ParameterizedTest
  @CsvSource({"1, DeviceId", "2, UserId"})
  void state_ofSomebodyUnknown_isUnknow(String type, String member) {
    Answer answer = ask(type, "nobody");

    assertThat(answer.text("/Code")).isEqualTo("100");
    assertThat(answer.text("/Data/" + member)).isEqualTo("nobody");
    assertThat(answer.text("/Data/Manufacturer")).isEqualTo("unknown");
    assertThat(answer.text("/Data/Statue")).isEqualTo("UNKNOW");
  }

  @ParameterizedTest
  @CsvSource({
    "IOS, '', '', ios, ios",
    "HARMONY, '', '', harmonyos, harmonyos",
    "WEB, '', '', web, unknown",
    "ANDROID, Honor, '', android, honor",
    "ANDROID, Nokia, xiaomi, android, miui",
    "ANDROID, '', fcm, android, fcm",
  })
  void manufacturer_isOneTheVendorLists(
      Platform platform, String said, String channel, String os, String manufacturer) {
    fixture
        .engine
        .registrations()
        .register(
            new AppId(MpaasFixture.APP),
            new Device(platform, Optional.of("d"), Map.of("manufacturer", said)),
            Profile.EMPTY,
            channel.isEmpty() ? Map.of() : Map.of(channel, "token"));

    Answer answer = ask("1", "d");

    assertThat(answer.text("/Data/Platform")).isEqualTo(os);
    assertThat(answer.text("/Data/Manufacturer")).isEqualTo(manufacturer);
    assertThat(answer.text("/Data/ThirdToken")).isEqualTo(channel.isEmpty() ? "" : "token");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "TargetType, ``, 3028 INVALID_PARAM",
        "TargetType, 3, 3028 INVALID_PARAM",
        "TargetType, user, 3028 INVALID_PARAM",
        "Target, ` `, 3021 TOKEN_OR_USERID_NULL",
        "AppId, ` `, 3003 NEED_APPID_WORKSPACEID",
        "AppId, other, 3007 APPID_WRONG",
      })
  void wrongValue_getsItsCode_inThisActionsShape(String name, String value, String verdict) {
    Answer answer =
        fixture
            .action("PushQueryDeviceState")
            .param("TargetType", "1")
            .param("Target", "d")
            .param(name, value)
            .send();

    assertThat(answer.reply().status()).isEqualTo(200);
    assertThat(answer.json().path("Success").asBoolean(true)).isFalse();
    assertThat(answer.text("/Code")).isEqualTo(verdict.substring(0, 4));
    assertThat(answer.text("/Message")).startsWith(verdict.substring(5) + ": " + name + " ");
    assertThat(answer.json().has("PushResult")).isFalse();
  }
}
