// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.mpaas.device;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boomerang.dialect.mpaas.fixture.MpaasFixture;
import dev.boomerang.dialect.mpaas.fixture.SignedRequest;
import dev.boomerang.dialect.mpaas.fixture.SignedRequest.Answer;
import dev.boomerang.model.app.AppId;
import dev.boomerang.model.registration.Platform;
import dev.boomerang.model.registration.Registration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// PushBind, PushUnBind and PushReport.
class DeviceBindingTest {
  private static final String STRANGER = "12345678901231234567890";

  private final MpaasFixture fixture = MpaasFixture.open();

  @AfterEach
  void close() {
    fixture.close();
  }

  private SignedRequest call(String action, String token) {
    return fixture
        .action(action)
        .param("DeliveryToken", token)
        .param("OsType", "1")
        .param("UserId", "user1024");
  }

  private Registration device(String name) {
    return fixture
        .engine
        .registrations()
        .findDevice(new AppId(MpaasFixture.APP), name)
        .orElseThrow();
  }

  @Test
  void bind_putsTheUserOnTheDevice_whicheverItsName() {
    String id = fixture.register("d1", "before").id().value();

    Answer byRegistration = call("PushBind", id).send();
    assertThat(byRegistration.outcome()).isEqualTo("OK SUCCESS");
    assertThat(byRegistration.data()).isEqualTo(id);
    assertThat(device("d1").profile().userId()).hasValue("user1024");

    Answer byDevice = call("PushBind", "d1").param("UserId", "user2").send();
    assertThat(byDevice.data()).isEqualTo(id);
    assertThat(device("d1").profile().userId()).hasValue("user2");
  }

  @Test
  void bind_again_changesNothing() {
    fixture.register("d1", "user1024");
    long version = device("d1").version();

    assertThat(call("PushBind", "d1").send().outcome()).isEqualTo("OK SUCCESS");

    assertThat(device("d1").version()).isEqualTo(version);
  }

  @Test
  void bind_ofADeviceNotHeardOf_registersIt_andPushesWaitForIt() {
    call("PushBind", "new").param("OsType", "2").send();

    assertThat(device("new").device().platform()).isEqualTo(Platform.IOS);
    assertThat(device("new").reachability().secretHash()).isEmpty();
    assertThat(fixture.task(fixture.pushSimple().send().data()).counts().deliveries()).isEqualTo(1);
  }

  @Test
  void osType_doesNotOverruleTheDevice() {
    fixture.register("d1", "u");

    call("PushBind", "d1").param("OsType", "2").send();

    assertThat(device("d1").device().platform()).isEqualTo(Platform.ANDROID);
  }

  @Test
  void unbind_takesTheUserOff_onceAndAgain() {
    fixture.register("d1", "user1024");

    assertThat(call("PushUnBind", "d1").send().outcome()).isEqualTo("OK SUCCESS");
    assertThat(device("d1").profile().userId()).isEmpty();
    assertThat(call("PushUnBind", "d1").send().outcome()).isEqualTo("OK SUCCESS");
  }

  @Test
  void unbind_thatComesLate_leavesTheNextUser() {
    fixture.register("d1", "next");

    assertThat(call("PushUnBind", "d1").send().outcome()).isEqualTo("OK SUCCESS");

    assertThat(device("d1").profile().userId()).hasValue("next");
  }

  @Test
  void unbind_ofADeviceNotHeardOf_isInvalid() {
    assertThat(call("PushUnBind", "new").send().outcome()).isEqualTo("3054 DELIVERYTOKEN_INVALID");
  }

  @Test
  void report_keepsWhatItTells_andWhatWasToldBefore() {
    call("PushReport", "d1")
        .param("OsType", "7")
        .param("Model", "Mate")
        .param("AppVersion", "1.0")
        .param("ThirdChannel", "4")
        .param("ThirdChannelDeviceToken", "3tok")
        .param("Imei", "490154203237518")
        .param("Imsi", "460001234567890")
        .send();

    Answer second =
        call("PushReport", "d1").param("AppVersion", "1.1").param("ConnectType", "WIFI").send();

    assertThat(second.outcome()).isEqualTo("OK SUCCESS");
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
    fixture.register("d1", "user1024");

    Answer answer = call(action, "d1").param(name, value).send();

    assertThat(answer.outcome()).isEqualTo(verdict);
    assertThat(answer.resultMsg()).startsWith(verdict.substring(5) + ": " + name + " ");
  }

  @Test
  void tokenThatIsTooLong_isInvalid() {
    assertThat(call("PushBind", "x".repeat(513)).send().outcome())
        .isEqualTo("3054 DELIVERYTOKEN_INVALID");
  }

  @Test
  void thirdToken_needsItsChannel() {
    assertThat(call("PushReport", "d1").param("ThirdChannelDeviceToken", "t").send().resultMsg())
        .isEqualTo("INVALID_PARAM: ThirdChannel must be given with ThirdChannelDeviceToken");
    assertThat(fixture.engine.registrations().findDevice(new AppId(MpaasFixture.APP), "d1"))
        .isEmpty();
  }

  @Test
  void device_ofAnotherApp_isNotHeardOf() {
    String id = fixture.register("d1", "user1024").id().value();

    Answer answer =
        fixture
            .otherAppAction("PushUnBind")
            .param("DeliveryToken", id)
            .param("UserId", "user1024")
            .send();

    assertThat(answer.outcome()).isEqualTo("3054 DELIVERYTOKEN_INVALID");
    assertThat(device("d1").profile().userId()).hasValue("user1024");
  }
}
