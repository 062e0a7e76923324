// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui.v2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boomerang.kit.fixture.TestDevice;
import dev.boomerang.model.push.Content;
import dev.boomerang.model.push.Content.DataMessage;
import dev.boomerang.model.push.Content.Notification;
import dev.boomerang.model.registration.Platform;
import dev.boomerang.web.http.Reply;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Tests which devices get what from `push_channel`.
class ChannelContentsTest {
  /// Is what `push_message` of these pushes has, for everyone without a content of their own.
  private static final Content COMMON = new DataMessage("hello", Map.of());

  private final V2ApiFixture api = new V2ApiFixture();

  @AfterEach
  void close() {
    api.close();
  }

  private TestDevice device(Platform platform) {
    return api.fixture.connect(api.fixture.phone(platform, Optional.empty()));
  }

  /// Pushes to everybody with this channel, and returns what a new device of the platform gets.
  private Content received(Platform platform, String channel) {
    TestDevice device = device(platform);
    api.push("all", "'all'", V2ApiFixture.TEXT + ",'push_channel':{" + channel + "}");
    return device.contents().getFirst();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'ios':{}",
        "'ios':{'aps':{'content-available':1}}",
        "'ios':{'type':'voip'}",
        "'ios':{'type':'liveactivity','payload':'p'}",
        "'ios':{'type':'liveactivity','aps':{'alert':'a'}}",
        "'android':{'ups':{'transmission':'x'}}",
        "'harmony':{'transmission':'x'}"
      })
  void iphone_withoutContentOfItsOwn_getsThePushMessage(String channel) {
    assertThat(received(Platform.IOS, channel)).isEqualTo(COMMON);
  }

  @Test
  void iphone_withAPayloadAndNoAlert_getsAMessageForTheApp() {
    assertThat(received(Platform.IOS, "'ios':{'payload':'own'}"))
        .isEqualTo(new DataMessage("own", Map.of()));
  }

  @Test
  void iphone_isShownItsAlert_alsoWithPictures() {
    Content content =
        received(
            Platform.IOS,
            "'ios':{'aps':{'alert':'a'},'multimedia':[{'url':'https://x.test/a.png','type':1,'only_wifi':true}]}");

    assertThat(((Notification) content).body()).isEqualTo("a");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'harmony':{'revoke':{'old_task_id':'RASS_0101_x'}}",
        "'harmony':{'custom':{'form':{'a':1}}}",
        "'ios':{'payload':'p'}",
        "'android':{'ups':{'transmission':'x'}}"
      })
  void harmonyDevice_withoutContentOfItsOwn_getsThePushMessage(String channel) {
    assertThat(received(Platform.HARMONY, channel)).isEqualTo(COMMON);
  }

  @Test
  void harmonyDevice_getsItsTransmission() {
    assertThat(received(Platform.HARMONY, "'harmony':{'transmission':'own'}"))
        .isEqualTo(new DataMessage("own", Map.of()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"startapp", "payload"})
  void harmonyNotification_opensTheApp_andHandsItThePayload(String click) {
    Content content =
        received(
            Platform.HARMONY,
            "'harmony':{'notification':{'title':'t','body':'b','category':'IM','payload':'p','click_type':'"
                + click
                + "'}}");

    Notification notification = (Notification) content;
    assertThat(notification.title()).isEqualTo("t");
    assertThat(notification.click()).isEmpty();
    assertThat(notification.extras()).isEqualTo(Map.of("payload", "p"));
  }

  /// Takes what is for vendors' channels: every kind that the vendor documents.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{'ups':{'transmission':'x'}}",
        "{'ups':{'revoke':{'old_task_id':'RASS_0101_x'}}}",
        "{'ups':{'notification':{'title':'t','body':'b','click_type':'startapp','notify_id':7}}}",
        "{'ups':{'notification':{'title':'t','body':'b','click_type':'url','url':'https://x.test'}}}",
        "{'ups':{'notification':{'title':'t','body':'b','click_type':'none'},'options':{'HW':{'a':1},'XM':{}}}}"
      })
  void androidDevice_getsThePushMessage_whateverIsForItsVendor(String android) {
    assertThat(received(Platform.ANDROID, "'android':" + android)).isEqualTo(COMMON);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "'android':{'ups':{'notification':{'body':'b','click_type':'none'}}}|android.ups.notification.title"
            + " can not be empty",
        "'android':{'ups':{'notification':{'title':'t','click_type':'none'}}}|android.ups.notification.body"
            + " can not be empty",
        "'android':{'ups':{'notification':{'title':'t','body':'b'}}}|android.ups.notification.click_type"
            + " can not be empty",
        "'android':{'ups':{'notification':{'title':'t','body':'b','click_type':'want'}}}|android.ups.notification.click_type"
            + " is invalid",
        "'android':{'ups':{'notification':{'title':'t','body':'b','click_type':'url'}}}|android.ups.notification.url"
            + " can not be empty",
        "'android':{'ups':{'notification':{'title':'t','body':'b','click_type':'none','notify_id':-1}}}|android.ups.notification.notify_id"
            + " is invalid",
        "'android':{'ups':{'revoke':{}}}|android.ups.revoke.old_task_id can not be empty",
        "'ios':{'type':'x'}|ios.type is invalid",
        "'ios':{'multimedia':[{'type':1}]}|ios.multimedia[0].url can not be empty",
        "'ios':{'multimedia':[{'url':'u'}]}|ios.multimedia[0].type can not be empty",
        "'ios':{'multimedia':[{'url':'u','type':4}]}|ios.multimedia[0].type is invalid",
        "'ios':{'apns-collapse-id':'%s'}|ios.apns-collapse-id is invalid",
        "'harmony':{'transmission':'t','custom':{}}|harmony.custom is invalid",
        "'harmony':{'revoke':{}}|harmony.revoke.old_task_id can not be empty",
        "'harmony':{'custom':{'form':1}}|harmony.custom.form type error",
        "'harmony':{'transmission':'t','options':{'HW':1}}|harmony.options.HW type error",
        "'harmony':{'notification':{'title':'t','body':'b'}}|harmony.notification.click_type can"
            + " not be empty",
        "'harmony':{'notification':{'title':'t','body':'b','click_type':'url'}}|harmony.notification.click_type"
            + " is invalid",
        "'harmony':{'notification':{'body':'b','click_type':'startapp'}}|harmony.notification.title"
            + " can not be empty",
        "'harmony':{'notification':{'title':'t','click_type':'startapp'}}|harmony.notification.body"
            + " can not be empty"
      })
  void badChannel_namesItsField_andNothingIsPushed(String channel, String message) {
    TestDevice device = device(Platform.ANDROID);
    String more =
        V2ApiFixture.TEXT + ",'push_channel':{" + channel.replace("%s", "x".repeat(65)) + "}";

    Reply reply = api.call("POST", "/push/all", api.body("'all'", more));

    assertThat(V2ApiFixture.code(reply)).isEqualTo(20001);
    assertThat(V2ApiFixture.message(reply)).startsWith("push_channel." + message);
    assertThat(device.contents()).isEmpty();
  }
}
