// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.jpush;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.model.registration.Platform;
import dev.boomerang.web.field.Json;
import dev.boomerang.web.http.Reply;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A push with every member that JPush and its clients have: it is taken as it is, and with one
/// more it is refused by its path where that is asked.
class UnknownMembersTest {
  private static final String MORE = "zzz";

  private static final String ANDROID =
      """
      {"alert":"a","title":"t","alternate_alert":"a","alternate_title":"t","builder_id":1,
       "channel_id":"c","category":"c","priority":1,"style":1,"alert_type":1,"big_text":"b",
       "inbox":{"1":"l"},"big_pic_path":"https://e.example/p","extras":{"k":"v"},
       "large_icon":"https://e.example/l","small_icon_uri":"https://e.example/s",
       "icon_bg_color":"#000000","intent":{"url":"intent:#Intent;end"},"uri_activity":"u",
       "uri_action":"u","badge_add_num":1,"badge_set_num":1,"badge_class":"c","sound":"s",
       "show_begin_time":"2030-01-01 00:00:00","show_end_time":"2030-01-02 00:00:00",
       "display_foreground":"1","custom_buttons":[{"name":"n","action_type":3}]}\
      """;

  private static final String IOS =
      """
      {"alert":{"title":"t","body":"b"},"alternate_alert":"a","sound":{"name":"s"},"badge":"+1",
       "content-available":true,"mutable-content":true,"category":"c","thread-id":"t",
       "interruption-level":"active","extras":{"k":"v"}}\
      """;

  private static final String HMOS =
      """
      {"alert":"a","title":"t","alternate_alert":"a","alternate_title":"t","category":"c",
       "large_icon":"https://e.example/l","intent":{"url":"u"},"badge_add_num":1,
       "badge_set_num":1,"test_message":false,"receipt_id":"r","extras":{"k":"v"},"style":"2",
       "inbox":{"1":"l"},"push_type":"0","extra_data":"d","display_foreground":"1","sound":"s",
       "sound_duration":1,"hm_payload":{"k":"v"}}\
      """;

  private static final String OPTIONS =
      """
      {"sendno":1,"time_to_live":60,"override_msg_id":0,"apns_production":true,
       "apns_collapse_id":"c","big_push_duration":0,
       "third_party_channel":{"xiaomi":{"distribution":"jpush"}},"classification":0,
       "target_event":["e"],"test_message":false,"test_model":false,"receipt_id":"r",
       "business_operation_code":"b","notification_3rd_ver":"v1","active_push":false,
       "need_backup":true,"auto_truncation":true,"mkt_enable":true,
       "notification_switch_filter":true,"alternate_set":true,"geofence":{},
       "portal_extra":{"k":"v"}}\
      """;

  private static final String PUSH =
      """
      {"cid":"","platform":"all","audience":{"alias":["ada"]},"target":"t",
       "notification":{"alert":"a","alternate_alert":"a","ai_opportunity":true,"voip":{"k":"v"},
        "android":ANDROID,"ios":IOS,"hmos":HMOS,
        "quickapp":{"alert":"a","title":"t","page":"/p","extras":{"k":"v"}},
        "winphone":{"alert":"a","title":"t","_open_page":"p","extras":{"k":"v"}}},
       "message":{"msg_content":"m","title":"t","content_type":"text","extras":{"k":"v"},
        "alternate_title":"t","alternate_content":"c","test_message":false},
       "notification_3rd":{"content":"c","title":"t"},
       "inapp_message":{"inapp_message":true},
       "sms_message":{"delay_time":1,"temp_id":1,"temp_para":{"k":"v"},"signid":1,
        "active_filter":true,"content":"c"},
       "options":OPTIONS,
       "callback":{"url":"https://e.example/","params":{"k":"v"},"type":3}}\
      """
          .replace("ANDROID", ANDROID)
          .replace("IOS", IOS)
          .replace("HMOS", HMOS)
          .replace("OPTIONS", OPTIONS);

  /// Objects in which anything may stand.
  private static final Set<String> OPEN =
      Set.of(
          "notification.voip",
          "notification.android.inbox",
          "notification.android.extras",
          "notification.android.intent",
          "notification.ios.alert",
          "notification.ios.sound",
          "notification.ios.extras",
          "notification.hmos.intent",
          "notification.hmos.extras",
          "notification.hmos.inbox",
          "notification.hmos.hm_payload",
          "notification.quickapp.extras",
          "notification.winphone.extras",
          "message.extras",
          "notification_3rd",
          "sms_message.temp_para",
          "options.third_party_channel.xiaomi",
          "options.portal_extra",
          "callback.params");

  /// Those in which a number may not stand, known or not.
  private static final Set<String> CLOSED =
      Set.of("options.geofence", "options.third_party_channel");

  private final JpushFixture lenient = new JpushFixture();
  private final JpushFixture strict = new JpushFixture(new JpushConfigBuilder().strict().get());

  @BeforeEach
  void prepare() {
    for (JpushFixture jpushFixture : List.of(lenient, strict)) {
      for (Platform platform : Platform.values()) {
        jpushFixture.phone(platform, Optional.of("ada"));
      }
    }
  }

  @AfterEach
  void close() {
    lenient.close();
    strict.close();
  }

  private static ObjectNode push() {
    return (ObjectNode) Json.read(PUSH).orElseThrow();
  }

  private static Map<String, ObjectNode> objects(JsonNode node) {
    Map<String, ObjectNode> found = new LinkedHashMap<>();
    collect(node, "", found);
    found.keySet().removeAll(CLOSED);
    return found;
  }

  private static void collect(JsonNode node, String path, Map<String, ObjectNode> found) {
    if (node instanceof ObjectNode object) {
      found.put(path, object);
      object
          .properties()
          .forEach(
              member ->
                  collect(
                      member.getValue(),
                      path.isEmpty() ? member.getKey() : path + "." + member.getKey(),
                      found));
    }
  }

  private static void assertUnsupported(Reply reply, String path) {
    assertThat(JpushFixture.code(reply)).as(reply.body().text()).isEqualTo(1009);
    assertThat(JpushFixture.message(reply)).isEqualTo("Unsupported member " + path + ".");
  }

  @Test
  void allThatIsKnown_isTaken() {
    assertThat(strict.push(PUSH).body().text()).contains("msg_id");
    assertThat(lenient.push(PUSH).body().text()).contains("msg_id");
  }

  @Test
  void oneMore_isRefusedByItsPath_inEachObjectThatIsNotOpen() {
    ObjectNode push = push();

    objects(push)
        .forEach(
            (path, object) -> {
              object.put(MORE, 1);
              Reply reply = strict.push(Json.write(push));
              object.remove(MORE);
              if (OPEN.contains(path)) {
                assertThat(reply.status()).as(path + reply.body().text()).isEqualTo(200);
              } else {
                assertUnsupported(reply, path.isEmpty() ? MORE : path + "." + MORE);
              }
            });
  }

  @Test
  void oneMore_isTakenAnywhereButInTheAudience_whereThatIsNotAsked() {
    ObjectNode push = push();
    Map<String, ObjectNode> objects = objects(push);
    ObjectNode audience = Optional.ofNullable(objects.remove("audience")).orElseThrow();

    objects.values().forEach(object -> object.put(MORE, 1));
    assertThat(lenient.push(Json.write(push)).status()).isEqualTo(200);
    audience.put(MORE, 1);
    assertUnsupported(lenient.push(Json.write(push)), "audience.zzz");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v3/push", "/v3/push/validate"})
  void unknownSection_isRefused(String path) {
    ObjectNode push = push();
    push.putObject("plattform").put("a", 1);

    assertUnsupported(strict.post(path, Json.write(push)), "plattform");
  }

  /// JPush has no section for browsers: one would be lost in silence.
  @ParameterizedTest
  @CsvSource({"web", "wns"})
  void unknownPlatform_isRefused(String name) {
    ObjectNode push = push();
    ((ObjectNode) push.path("notification")).putObject(name).put("alert", "a");

    assertUnsupported(strict.push(Json.write(push)), "notification." + name);
    assertThat(lenient.push(Json.write(push)).status()).isEqualTo(200);
  }

  @Test
  void sectionOfAPlatformThatIsNotMeant_isTakenAsItIs() {
    ObjectNode push = push();
    push.putArray("platform").add("android");
    ((ObjectNode) push.at("/notification/ios")).put(MORE, 1);

    assertThat(strict.push(Json.write(push)).status()).isEqualTo(200);
  }

  @Test
  void scheduledPush_isCheckedTheSame() {
    String schedule =
        "{'name':'n','enabled':true,'trigger':{'single':{'time':'2030-01-31 12:00:00'}},"
            + "'push':{'platform':'all','audience':'all','message':{'msg_content':'m'%s}}}";

    Reply reply = strict.post("/v3/schedules", schedule.formatted(",'zzz':1"));

    assertThat(JpushFixture.message(reply)).isEqualTo("Unsupported member push.message.zzz.");
  }

  @Test
  void batch_isCheckedTheSame_eachPushByItself() {
    JsonNode cids = JpushFixture.json(strict.get("/v3/push/cid?count=2")).path("cidlist");
    String push = "'%s':{'platform':'all','target':'ada','message':{'msg_content':'m'%s}}";

    JsonNode replies =
        JpushFixture.json(
            strict.post(
                "/v3/push/batch/alias/single",
                "{'pushlist':{"
                    + push.formatted(cids.path(0).asText(), "")
                    + ","
                    + push.formatted(cids.path(1).asText(), ",'zzz':1")
                    + "}}"));

    assertThat(replies.path(cids.path(0).asText()).path("msg_id").isTextual()).isTrue();
    assertThat(replies.path(cids.path(1).asText()).at("/error/message").asText())
        .isEqualTo("Unsupported member message.zzz.");
  }
}
