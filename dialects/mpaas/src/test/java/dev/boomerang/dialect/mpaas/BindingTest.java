// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.mpaas;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boomerang.dialect.mpaas.Caller.Answer;
import dev.boomerang.model.app.AppId;
import dev.boomerang.model.registration.Platform;
import dev.boomerang.model.registration.Registration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// PushBind, PushUnBind and PushReport.
class BindingTest {
  private static final String STRANGER = "12345678901231234567890";

  private final World world = World.open();

  @AfterEach
  void close() {
    world.close();
  }

  private Caller call(String action, String token) {
    return world
        .call(action)
        .with("DeliveryToken", token)
        .with("OsType", "1")
        .with("UserId", "user1024");
  }

  private Registration device(String name) {
    return world.engine.registrations().findDevice(new AppId(World.APP), name).orElseThrow();
  }

  @Test
  void bind_putsTheUserOnTheDevice_whicheverItsName() {
    String id = world.device("d1", "before").id().value();

    Answer byRegistration = call("PushBind", id).send();
    assertThat(byRegistration.verdict()).isEqualTo("OK SUCCESS");
    assertThat(byRegistration.data()).isEqualTo(id);
    assertThat(device("d1").profile().userId()).hasValue("user1024");

    Answer byDevice = call("PushBind", "d1").with("UserId", "user2").send();
    assertThat(byDevice.data()).isEqualTo(id);
    assertThat(device("d1").profile().userId()).hasValue("user2");
  }

  @Test
  void bind_again_changesNothing() {
    world.device("d1", "user1024");
    long version = device("d1").version();

    assertThat(call("PushBind", "d1").send().verdict()).isEqualTo("OK SUCCESS");

    assertThat(device("d1").version()).isEqualTo(version);
  }

  @Test
  void bind_ofADeviceNotHeardOf_registersIt_andPushesWaitForIt() {
    call("PushBind", "new").with("OsType", "2").send();

    assertThat(device("new").device().platform()).isEqualTo(Platform.IOS);
    assertThat(device("new").reachability().secretHash()).isEmpty();
    assertThat(world.task(world.push().send().data()).counts().deliveries()).isEqualTo(1);
  }

  @Test
  void osType_doesNotOverruleTheDevice() {
    world.device("d1", "u");

    call("PushBind", "d1").with("OsType", "2").send();

    assertThat(device("d1").device().platform()).isEqualTo(Platform.ANDROID);
  }

  @Test
  void unbind_takesTheUserOff_onceAndAgain() {
    world.device("d1", "user1024");

    assertThat(call("PushUnBind", "d1").send().verdict()).isEqualTo("OK SUCCESS");
    assertThat(device("d1").profile().userId()).isEmpty();
    assertThat(call("PushUnBind", "d1").send().verdict()).isEqualTo("OK SUCCESS");
  }

  @Test
  void unbind_thatComesLate_leavesTheNextUser() {
    world.device("d1", "next");

    assertThat(call("PushUnBind", "d1").send().verdict()).isEqualTo("OK SUCCESS");

    assertThat(device("d1").profile().userId()).hasValue("next");
  }

  @Test
  void unbind_ofADeviceNotHeardOf_isInvalid() {
    assertThat(call("PushUnBind", "new").send().verdict()).isEqualTo("3054 DELIVERYTOKEN_INVALID");
  }

  @Test
  void report_keepsWhatItTells_andWhatWasToldBefore() {
    call("PushReport", "d1")
        .with("OsType", "7")
        .with("Model", "Mate")
        .with("AppVersion", "1.0")
        .with("ThirdChannel", "4")
        .with("ThirdChannelDeviceToken", "3tok")
        .with("Imei", "490154203237518")
        .with("Imsi", "460001234567890")
        .send();

    Answer second =
        call("PushReport", "d1").with("AppVersion", "1.1").with("ConnectType", "WIFI").send();

    assertThat(second.verdict()).isEqualTo("OK SUCCESS");
    Registration registration = device("d1");
    assertThat(second.data()).isEqualTo(registration.id().value());
    assertThat(registration.device().platform()).isEqualTo(Platform.HARMONY);
    assertThat(registration.device().attributes())
        .isEqualTo(Map.of("model", "Mate", "appVersion", "1.1", "connectType", "WIFI"));
    assertThat(registration.reachability().vendorTokens())
        .isEqualTo(Map.of("mpaas-third-4", "3tok"));
    assertThat(registration.profile().userId()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "PushBind | DeliveryToken | `` | 3001 NEED_DELIVERYTOKEN",
        "PushUnBind | DeliveryToken | ` ` | 3001 NEED_DELIVERYTOKEN",
        "PushReport | DeliveryToken | `` | 3001 NEED_DELIVERYTOKEN",
        "PushBind | DeliveryToken | " + STRANGER + " | 3054 DELIVERYTOKEN_INVALID",
        "PushUnBind | DeliveryToken | " + STRANGER + " | 3054 DELIVERYTOKEN_INVALID",
        "PushReport | DeliveryToken | " + STRANGER + " | 3054 DELIVERYTOKEN_INVALID",
        "PushBind | OsType | `` | 3008 OS_TYPE_NOT_SUPPORTED",
        "PushBind | OsType | 3 | 3008 OS_TYPE_NOT_SUPPORTED",
        "PushReport | OsType | android | 3008 OS_TYPE_NOT_SUPPORTED",
        "PushBind | UserId | `` | 3012 NEED_USERID",
        "PushUnBind | UserId | ` ` | 3012 NEED_USERID",
        "PushReport | ThirdChannel | x | 3028 INVALID_PARAM",
        "PushBind | AppId | `` | 3003 NEED_APPID_WORKSPACEID",
        "PushReport | WorkspaceId | w | 3007 APPID_WRONG",
      })
  void wrongValue_getsItsCode(String action, String name, String value, String verdict) {
    world.device("d1", "user1024");

    Answer answer = call(action, "d1").with(name, value).send();

    assertThat(answer.verdict()).isEqualTo(verdict);
    assertThat(answer.why()).startsWith(verdict.substring(5) + ": " + name + " ");
  }

  @Test
  void tokenThatIsTooLong_isInvalid() {
    assertThat(call("PushBind", "x".repeat(513)).send().verdict())
        .isEqualTo("3054 DELIVERYTOKEN_INVALID");
  }

  @Test
  void thirdToken_needsItsChannel() {
    assertThat(call("PushReport", "d1").with("ThirdChannelDeviceToken", "t").send().why())
        .isEqualTo("INVALID_PARAM: ThirdChannel must be given with ThirdChannelDeviceToken");
    assertThat(world.engine.registrations().findDevice(new AppId(World.APP), "d1")).isEmpty();
  }

  @Test
  void device_ofAnotherApp_isNotHeardOf() {
    String id = world.device("d1", "user1024").id().value();

    Answer answer =
        world.otherCall("PushUnBind").with("DeliveryToken", id).with("UserId", "user1024").send();

    assertThat(answer.verdict()).isEqualTo("3054 DELIVERYTOKEN_INVALID");
    assertThat(device("d1").profile().userId()).hasValue("user1024");
  }
}
