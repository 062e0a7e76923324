// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui.wire;

import static dev.boomerang.dialect.getui.wire.WireMessages.field;
import static dev.boomerang.dialect.getui.wire.WireMessages.notice;
import static dev.boomerang.dialect.getui.wire.WireMessages.oldNotice;
import static dev.boomerang.dialect.getui.wire.WireMessages.special;
import static dev.boomerang.dialect.getui.wire.WireMessages.startApp;
import static dev.boomerang.dialect.getui.wire.WireMessages.step;
import static dev.boomerang.dialect.getui.wire.WireMessages.steps;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import dev.boomerang.dialect.getui.push.PushRequest;
import dev.boomerang.dialect.getui.wire.proto.GetuiV1.ActionChain;
import dev.boomerang.dialect.getui.wire.proto.GetuiV1.Button;
import dev.boomerang.dialect.getui.wire.proto.GetuiV1.NotifyInfo;
import dev.boomerang.dialect.getui.wire.proto.GetuiV1.PushInfo;
import dev.boomerang.dialect.getui.wire.proto.GetuiV1.Transparent;
import dev.boomerang.dialect.getui.wire.template.ActionChains;
import dev.boomerang.dialect.getui.wire.template.TemplateKind;
import dev.boomerang.model.push.Content;
import dev.boomerang.model.push.Content.Action;
import dev.boomerang.model.push.Content.Appearance;
import dev.boomerang.model.push.Content.Click;
import dev.boomerang.model.push.Content.DataMessage;
import dev.boomerang.model.push.Content.Notification;
import dev.boomerang.model.push.Content.Style;
import dev.boomerang.model.registration.Platform;
import dev.boomerang.web.field.Fields;
import dev.boomerang.web.field.Json;
import dev.boomerang.web.text.InvalidFieldException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Tests what messages show.
class ContentTest {
  private static final String APP = "The shop";
  private static final Appearance ICON =
      new Appearance(Style.DEFAULT, Map.of(), Map.of(Appearance.DEFAULT_VENDOR, "icon.png"));

  private static MessageContent contentOf(
      Transparent.Builder message, String pushType, String transmission) {
    return MessageContent.read(message.build(), pushType, transmission, APP);
  }

  private static Content content(MessageContent answer) {
    return ((PushRequest.Send) answer.instruction()).content();
  }

  private static Content content(Transparent.Builder message, String transmission) {
    return content(contentOf(message, "", transmission));
  }

  private static MessageContent captured(int number) {
    JsonNode body = CapturesTest.captures().get(number - 1).path("body");
    return MessageContent.read(
        ClientDataReader.message(Fields.of((ObjectNode) body)),
        body.path("pushType").asText(),
        body.path("transmissionContent").asText(),
        APP);
  }

  private static Notification captured(Optional<Click> click, Map<String, String> extras) {
    return new Notification("标题", "内容", ICON, click, false, extras);
  }

  @Test
  void capturedNotification_isShown_toApplesDevicesAsTheyWantIt() {
    MessageContent answer = captured(4);

    Content.PerPlatform content = (Content.PerPlatform) content(answer);

    assertThat(content.on(Platform.ANDROID))
        .isEqualTo(captured(Optional.empty(), Map.of("payload", "透传")));
    assertThat(content.on(Platform.IOS))
        .isEqualTo(
            new Notification(
                APP, "hi", Appearance.PLAIN, Optional.empty(), false, Map.of("k", "v")));
    assertThat(answer.notifyId()).contains("7");
  }

  @Test
  void capturedLink_opensItsPage() {
    MessageContent answer = captured(5);

    assertThat(content(answer))
        .isEqualTo(captured(Optional.of(new Click(Action.URL, "http://example.test/")), Map.of()));
    assertThat(answer.notifyId()).isEmpty();
  }

  @Test
  void capturedTransmission_goesToTheApp() {
    assertThat(content(captured(6))).isEqualTo(new DataMessage("{\"a\":1}", Map.of()));
  }

  @Test
  void capturedActivity_isStarted() {
    assertThat(content(captured(7)))
        .isEqualTo(
            captured(
                Optional.of(new Click(Action.INTENT, "intent:#Intent;component=a/b;end")),
                Map.of()));
  }

  @Test
  void capturedDownload_isOpened_andTheAppCanAskBefore() {
    Notification content = (Notification) content(captured(8));

    assertThat(content.click()).contains(new Click(Action.URL, "http://example.test/x.apk"));
    assertThat(Json.read(content.extras().getOrDefault("popup", "")))
        .contains(
            Json.read(
                    "{\"title\":\"pt\",\"text\":\"pc\",\"image\":\"pi\",\"buttons\":[\"b1\",\"b2\"],"
                        + "\"download\":{\"name\":\"lt\",\"url\":\"http://example.test/x.apk\","
                        + "\"icon\":\"li\"}}")
                .orElseThrow());
  }

  @Test
  void capturedRevoke_namesItsTask() {
    assertThat(captured(9).instruction()).isEqualTo(new PushRequest.Revoke("OSS-1121_old", true));
  }

  /// Reads a message of libraries before 4.1: no number, other ids, another kind of step.
  @Test
  void oldNotification_isReadAlike() {
    Content content = content(contentOf(steps(oldNotice(), startApp()), "NotifyMsg", "data"));

    assertThat(content)
        .isEqualTo(
            new Notification(
                "Title", "Text", ICON, Optional.empty(), true, Map.of("payload", "data")));
  }

  @ParameterizedTest
  @CsvSource({
    "true, 3, true",
    "false, 3, false",
    "false, 1, true",
    "false, 0, true",
    "'', '', false"
  })
  void notification_isQuiet_ifItOrItsChannelIs(String noRing, String level, boolean quiet) {
    Content content =
        content(
            steps(notice(field("is_noring", noRing), field("channelLevel", level)), startApp()),
            "");

    assertThat(((Notification) content).silent()).isEqualTo(quiet);
  }

  @ParameterizedTest
  @CsvSource({
    "0, '', DEFAULT, Text, ''",
    "1, '', DEFAULT, Text, ''",
    "4, '', PICTURE, Text, banner",
    "6, 1, PICTURE, Text, big",
    "6, 2, BIG_TEXT, long, ''",
    "6, 3, PICTURE, Text, big"
  })
  void notification_hasItsStyle(
      String style, String big, Style expected, String text, String picture) {
    Notification content =
        (Notification)
            content(
                steps(
                    notice(
                        field("notifyStyle", style),
                        field("bigStyle", big),
                        field("banner_url", "banner"),
                        field("big_image_url", "big"),
                        field("big_text", "long"),
                        field("logo_url", "logo")),
                    startApp()),
                "");

    assertThat(content.appearance().style()).isEqualTo(expected);
    assertThat(content.body()).isEqualTo(text);
    assertThat(content.appearance().images().getOrDefault(Appearance.DEFAULT_VENDOR, ""))
        .isEqualTo(picture);
    assertThat(content.appearance().icons()).containsValue("logo");
  }

  /// Finds the template also of libraries that send another step id, no number, or -1 as the
  /// number.
  @Test
  void templateKind_isFound_byNumber_thenName_thenSteps() {
    ActionChain page = step(10_030, ActionChain.Type.START_WEB).setUrl("http://page").build();
    ActionChain activity =
        special(5, "startmyactivity").addField(field("uri", "intent:#Intent;end")).build();
    ActionChain download =
        step(10_040, ActionChain.Type.APP_DOWNLOAD).setUrl("http://file").build();
    ActionChain popup =
        step(3, ActionChain.Type.POPUP)
            .setTitle("p")
            .addButtons(Button.newBuilder().setText("yes").setNext(1))
            .build();

    assertThat(TemplateKind.of(steps(startApp()).setTemplateId(6).build(), "LinkMsg"))
        .isEqualTo(TemplateKind.INC);
    assertThat(TemplateKind.of(steps(oldNotice(), page).setTemplateId(-1).build(), "LinkMsg"))
        .isEqualTo(TemplateKind.LINK);
    assertThat(TemplateKind.of(steps(oldNotice(), page).build(), "")).isEqualTo(TemplateKind.LINK);
    assertThat(TemplateKind.of(steps(notice(), activity).build(), ""))
        .isEqualTo(TemplateKind.START_ACTIVITY);
    assertThat(TemplateKind.of(steps(notice(), popup, download).build(), ""))
        .isEqualTo(TemplateKind.DOWNLOAD);
    assertThat(TemplateKind.of(steps(notice(), download).build(), "NotyPopLoadTemplate"))
        .isEqualTo(TemplateKind.DOWNLOAD);
    assertThat(TemplateKind.of(steps(notice(), startApp()).build(), ""))
        .isEqualTo(TemplateKind.NOTIFICATION);
    assertThat(TemplateKind.of(steps(popup, startApp()).build(), "")).isEqualTo(TemplateKind.POPUP);
    assertThat(TemplateKind.of(steps(popup, startApp()).build(), "TransmissionMsg"))
        .isEqualTo(TemplateKind.POPUP);
    assertThat(TemplateKind.of(steps(startApp()).build(), "TransmissionMsg"))
        .isEqualTo(TemplateKind.TRANSMISSION);
    assertThat(TemplateKind.of(steps(startApp()).build(), "")).isEqualTo(TemplateKind.TRANSMISSION);
    assertThat(TemplateKind.of(steps(special(1, "terminatetask").build()).build(), ""))
        .isEqualTo(TemplateKind.REVOKE);
    assertThat(TemplateKind.of(steps(step(1, ActionChain.Type.TERMINATE_TASK).build()).build(), ""))
        .isEqualTo(TemplateKind.REVOKE);
    assertThat(TemplateKind.of(Transparent.newBuilder().build(), "")).isEqualTo(TemplateKind.APN);
  }

  @Test
  void popupTransmission_goesToTheApp_withWhatToAsk() {
    ActionChain popup =
        step(3, ActionChain.Type.POPUP)
            .setTitle("Really?")
            .addButtons(Button.newBuilder().setText("yes").setNext(1))
            .build();

    DataMessage content = (DataMessage) content(steps(popup, startApp()).setTemplateId(3), "data");

    assertThat(content.body()).isEqualTo("data");
    assertThat(content.extras().getOrDefault("popup", "")).contains("Really?").contains("yes");
  }

  @Test
  void apnPayload_isShownOnIos_withTheTransmission() {
    var message =
        WireMessages.withApple(
            steps(startApp()).setTemplateId(4),
            "{\"aps\":{\"alert\":{\"title\":\"T\",\"body\":\"B\"}},\"own\":{\"a\":1},"
                + "\"apns-collapse-id\":\"7\",\"_grinfo_\":[{\"url\":\"u\"}]}");

    Content.PerPlatform content = (Content.PerPlatform) content(message, "data");

    assertThat(content.on(Platform.ANDROID)).isEqualTo(new DataMessage("data", Map.of()));
    assertThat(content.on(Platform.IOS))
        .isEqualTo(
            new Content.NotificationWithData(
                new Notification(
                    "T", "B", Appearance.PLAIN, Optional.empty(), true, Map.of("own", "{\"a\":1}")),
                new DataMessage("data", Map.of())));
  }

  /// Reads a call by voice over IP, which has no alert.
  @Test
  void apnPayload_withoutAlert_isADataMessage() {
    var message =
        WireMessages.withApple(
            Transparent.newBuilder().setTemplateId(5), "{\"payload\":\"ring\",\"isVoIP\":1}");

    DataMessage content = (DataMessage) content(message, "");

    assertThat(content.body()).isEqualTo("ring");
    assertThat(content.extras()).containsEntry("isVoIP", "1");
  }

  @Test
  void pushInfoWithoutApnJson_isRead() {
    var message =
        Transparent.newBuilder()
            .setPushInfo(
                PushInfo.newBuilder()
                    .setMessage("alert")
                    .setSound("default")
                    .setPayload("p")
                    .setInvalidAPN(false));

    assertThat(content(message, ""))
        .isEqualTo(
            new Notification(
                APP, "alert", Appearance.PLAIN, Optional.empty(), false, Map.of("payload", "p")));
  }

  @Test
  void pushInfoWithInvalidApn_isIgnored() {
    var message =
        steps(startApp())
            .setTemplateId(4)
            .setPushInfo(
                PushInfo.newBuilder()
                    .setInvalidAPN(true)
                    .setApnJson("{\"aps\":{\"alert\":\"hi\"}}"));

    assertThat(content(message, "data")).isEqualTo(new DataMessage("data", Map.of()));
  }

  @Test
  void vendorsNotification_hasItsId() {
    var message =
        steps(startApp())
            .setPushInfo(
                PushInfo.newBuilder()
                    .setInvalidAPN(true)
                    .setNotifyInfo(
                        NotifyInfo.newBuilder().setTitle("t").setContent("c").setNotifyId("42")));

    assertThat(contentOf(message, "", "data").notifyId()).contains("42");
  }

  @ParameterizedTest
  @CsvSource({
    "0, NullMsgCommon",
    "1, NullMsgCommon",
    "2, NullMsgCommon",
    "7, NullMsgCommon",
    "8, NullMsgCommon",
    "5, NullMsgCommon"
  })
  void template_withoutItsSteps_isRefused(int template, String result) {
    assertThatThrownBy(() -> contentOf(steps(startApp()).setTemplateId(template), "", ""))
        .isInstanceOf(WireResultException.class)
        .hasMessage(result);
  }

  @Test
  void clientData_mayHaveLineBreaks() {
    String text = WireMessages.transmission();
    String broken = text.substring(0, 10) + "\r\n" + text.substring(10) + "\n";

    Transparent message =
        ClientDataReader.message(Fields.of(Json.object().put("clientData", broken)));

    assertThat(message.getTemplateId()).isEqualTo(4);
    assertThat(ActionChains.of(message).app()).isPresent();
    assertThat(List.of(message.getAction())).containsExactly("pushmessage");
  }

  private static UnknownFieldSet action(ByteString bytes) {
    var field = UnknownFieldSet.Field.newBuilder().addLengthDelimited(bytes).build();
    return UnknownFieldSet.newBuilder().addField(Transparent.ACTION_FIELD_NUMBER, field).build();
  }

  private static void assertRefused(Transparent message, String field) {
    String data = Base64.getEncoder().encodeToString(message.toByteArray());

    assertThatThrownBy(
            () -> ClientDataReader.message(Fields.of(Json.object().put("clientData", data))))
        .isInstanceOfSatisfying(
            InvalidFieldException.class, fault -> assertThat(fault.field()).isEqualTo(field));
  }

  @Test
  void clientData_withWhatIsNoText_isRefused() {
    var step = ActionChain.newBuilder().setTitle("a\0b");
    var notUtf8 = ByteString.copyFrom(new byte[] {'a', (byte) 0xed, (byte) 0xa0, (byte) 0x80});

    assertRefused(
        Transparent.newBuilder().addActionChain(step).build(), "clientData.actionChain.title");
    assertRefused(Transparent.newBuilder().setUnknownFields(action(notUtf8)).build(), "clientData");
  }
}
