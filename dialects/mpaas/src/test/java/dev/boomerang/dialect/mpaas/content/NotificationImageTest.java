// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.mpaas.content;

import static dev.boomerang.dialect.mpaas.fixture.MpaasFixture.notifications;
import static org.assertj.core.api.Assertions.assertThat;

import dev.boomerang.dialect.mpaas.fixture.MpaasFixture;
import dev.boomerang.dialect.mpaas.fixture.SignedRequest;
import dev.boomerang.dialect.mpaas.fixture.SignedRequest.Answer;
import dev.boomerang.model.push.Content.Appearance;
import dev.boomerang.model.push.Content.Notification;
import dev.boomerang.model.registration.Platform;
import dev.boomerang.model.registration.Registration;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Which picture a device gets, by its platform, through each way of pushing.
class NotificationImageTest {
  private static final String ALL =
      "{\"defaultUrl\":\"d\",\"iosUrl\":\"i\",\"harmonyosUrl\":\"h\",\"miuiUrl\":\"m\"}";

  private static final Map<Platform, String> TYPES =
      Map.of(Platform.ANDROID, "1", Platform.IOS, "2", Platform.HARMONY, "7");

  private final MpaasFixture fixture = MpaasFixture.open();

  @AfterEach
  void close() {
    fixture.close();
  }

  private SignedRequest push(String action, String type, String urls) {
    if (action.equals("PushSimple")) {
      return fixture
          .pushSimple()
          .param("DeliveryType", type)
          .param("TargetMsgkey", "{\"d1\":\"m1\"}")
          .param("PushStyle", "2")
          .param("ImageUrls", urls)
          .param("IconUrls", urls);
    }
    Answer made =
        fixture
            .action("CreateTemplate")
            .param("TemplateName", "won")
            .param("Title", "t")
            .param("Content", "c")
            .param("PushStyle", "2")
            .param("ImageUrls", urls)
            .param("IconUrls", urls)
            .send();
    assertThat(made.text("/Code")).isEqualTo("100");
    SignedRequest push = fixture.templatePush(action).param("DeliveryType", type);
    return switch (action) {
      case "PushTemplate" -> push.param("TargetMsgkey", "{\"d1\":\"m1\"}");
      case "PushMultiple" ->
          push.param("TargetMsg.1.Target", "d1")
              .param("TargetMsg.1.MsgKey", "m1")
              .param("TargetMsg.1.ExtendedParams", "{\"own\":\"1\"}")
              .param("TargetMsg.2.Target", "d2")
              .param("TargetMsg.2.MsgKey", "m2");
      case String _ -> push.param("Msgkey", "b1").param("PushStatus", "0");
    };
  }

  private Appearance look(Registration phone) {
    Notification content = notifications(fixture.connect(phone)).getFirst();
    return content.appearance();
  }

  private Appearance pushed(String action, Platform platform, String urls) {
    Registration phone = fixture.register(platform, "d1", Optional.of("ada"));
    String type = Optional.ofNullable(TYPES.get(platform)).orElseThrow();
    assertThat(push(action, type, urls).send().outcome()).isEqualTo("OK SUCCESS");
    return look(phone);
  }

  @ParameterizedTest
  @CsvSource({
    "PushSimple, ANDROID, d",
    "PushSimple, IOS, i",
    "PushSimple, HARMONY, h",
    "PushTemplate, ANDROID, d",
    "PushTemplate, IOS, i",
    "PushTemplate, HARMONY, h",
    "PushMultiple, ANDROID, d",
    "PushMultiple, IOS, i",
    "PushMultiple, HARMONY, h",
    "PushBroadcast, ANDROID, d",
    "PushBroadcast, IOS, i",
    "PushBroadcast, HARMONY, h"
  })
  void platformsOwnUrl_comesBeforeTheDefault(String action, Platform platform, String url) {
    Appearance appearance = pushed(action, platform, ALL);

    assertThat(appearance.images()).containsEntry("default", url);
    assertThat(appearance.icons()).containsEntry("default", url);
    assertThat(appearance.style().wire()).isEqualTo("picture");
  }

  @ParameterizedTest
  @CsvSource({"IOS", "HARMONY", "ANDROID"})
  void default_isForThoseWithoutTheirOwn(Platform platform) {
    Appearance appearance =
        pushed("PushSimple", platform, "{\"defaultUrl\":\"d\",\"oppoUrl\":\"o\"}");

    assertThat(appearance.images()).containsEntry("default", "d");
    assertThat(appearance.style().wire()).isEqualTo("picture");
  }

  @ParameterizedTest
  @CsvSource({
    "PushSimple, ANDROID",
    "PushTemplate, ANDROID",
    "PushMultiple, ANDROID",
    "PushBroadcast, ANDROID",
    "PushSimple, HARMONY",
    "PushBroadcast, HARMONY"
  })
  void pictureWithoutAnImage_isDrawnAsAnyOther(String action, Platform platform) {
    Appearance appearance = pushed(action, platform, "{\"iosUrl\":\"i\",\"miuiUrl\":\"m\"}");

    assertThat(appearance.style().wire()).isEqualTo("default");
    assertThat(appearance.images()).doesNotContainKey("default");
  }

  @ParameterizedTest
  @ValueSource(strings = {"PushSimple", "PushTemplate", "PushMultiple", "PushBroadcast"})
  void iosUrlAlone_isAPictureThere(String action) {
    Appearance appearance = pushed(action, Platform.IOS, "{\"iosUrl\":\"i\"}");

    assertThat(appearance.style().wire()).isEqualTo("picture");
    assertThat(appearance.images()).containsEntry("default", "i");
  }

  @ParameterizedTest
  @ValueSource(strings = {"PushSimple", "PushTemplate", "PushMultiple", "PushBroadcast"})
  void scheduledPush_hasThePlatformsUrlToo(String action) {
    Registration phone = fixture.register(Platform.IOS, "d1", Optional.of("ada"));
    long due = MpaasFixture.START.plus(Duration.ofMinutes(1)).toEpochMilli();
    Answer answer =
        push(action, "2", ALL)
            .param("StrategyType", "1")
            .param("StrategyContent", "{\"fixedTime\":" + due + "}")
            .send();
    assertThat(answer.outcome()).isEqualTo("OK SUCCESS");
    fixture.clock.advance(Duration.ofMinutes(1));
    fixture.engine.schedules().runOnce();

    assertThat(look(phone).images()).containsEntry("default", "i");
  }
}
