// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.jpush;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.boomerang.dialect.jpush.base.JpushConfig;
import dev.boomerang.dialect.jpush.base.TimeFormats;
import dev.boomerang.engine.accept.Templates;
import dev.boomerang.kit.fixture.Fixtures;
import dev.boomerang.model.push.Content;
import dev.boomerang.model.registration.Platform;
import dev.boomerang.model.registration.Registration;
import dev.boomerang.web.http.Reply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// No answer has `null` where a client expects an object or a list: they read those unguarded. A
/// number or a text of which nothing is known may be `null`.
class NullMembersTest {
  /// What the documents have as `null` where there are no data.
  private static final Set<String> NUMBERS_AND_TEXTS =
      Set.of(
          "alias",
          "mobile",
          "new",
          "online",
          "active",
          "msg_click",
          "received",
          "target",
          "click",
          "apns_sent",
          "apns_target",
          "apns_received",
          "apns_click",
          "msg_target",
          "msg_received",
          "android_received",
          "jpush_received",
          "android_pns_sent",
          "android_pns_received",
          "ios_apns_sent",
          "ios_apns_received",
          "ios_msg_received",
          "wp_mpns_sent",
          "quickapp_jpush_received",
          "quickapp_pns_sent",
          "live_acivity_sent",
          "live_acivity_received",
          "hmos_hmpns_sent",
          "hmos_hmpns_received",
          "hmos_msg_sent",
          "hmos_msg_received");

  private static final String ALIASED =
      "'audience':{'alias':['ada']},'notification':{'alert':'hi'},'message':{'msg_content':'m'}}";

  private final JpushFixture jpushFixture =
      new JpushFixture(new JpushConfigBuilder().developer("d".repeat(24), "s".repeat(24)).get());
  private final Set<String> asked = new TreeSet<>();

  @BeforeEach
  void make() {
    jpushFixture
        .engine
        .templates()
        .create(
            Fixtures.SHOP, new Templates.Draft("plain", "", "", Content.Notification.of("t", "b")));
  }

  @AfterEach
  void close() {
    jpushFixture.close();
  }

  private JsonNode checked(String method, String target, String body) {
    return checked(method + " " + target, jpushFixture.as(JpushFixture.KEY, method, target, body));
  }

  private JsonNode checked(String what, Reply reply) {
    asked.add(what.replaceAll("\\?.*", ""));
    assertThat(reply.body().text()).as(what).isNotEmpty();
    JsonNode answer = JpushFixture.json(reply);
    var nulls = new ArrayList<String>();
    collect("", answer, nulls);
    assertThat(nulls).as("%s answered %s", what, answer).isEmpty();
    return answer;
  }

  private static void collect(String name, JsonNode node, List<String> nulls) {
    if (node.isNull() && !NUMBERS_AND_TEXTS.contains(name)) {
      nulls.add(name);
    }
    node.properties().forEach(member -> collect(member.getKey(), member.getValue(), nulls));
    if (node.isArray()) {
      node.forEach(entry -> collect(name + "[]", entry, nulls));
    }
  }

  private JsonNode group(String path, String body) {
    return checked(
        "POST " + path,
        jpushFixture.call(
            "POST",
            path,
            JpushFixture.basic("group-" + JpushFixture.KEY, JpushFixture.SECRET),
            body.replace('\'', '"').getBytes(UTF_8)));
  }

  private void everyReport(String ids) {
    for (String path : List.of("received", "received/detail", "messages", "messages/detail")) {
      checked("GET", "/v3/" + path + "?msg_ids=" + ids, "");
    }
    JsonNode rows = checked("GET", "/v3/group/messages/detail?group_msgids=" + ids, "");
    for (JsonNode row : rows) {
      assertThat(row.path("details").isObject()).isTrue();
      assertThat(row.path("android_pns").isObject()).isTrue();
    }
    for (String path : List.of("users", "group/users")) {
      checked("GET", "/v3/" + path + "?time_unit=DAY&start=2026-01-01&duration=2", "");
    }
  }

  private void everyDevice(Registration device) {
    JsonNode shown = checked("GET", "/v3/devices/" + device.id(), "");
    assertThat(shown.path("tags").isArray()).isTrue();
    checked("POST", "/v3/devices/" + device.id(), "{}");
    checked("POST", "/v3/devices/status", "{'registration_ids':['" + device.id() + "','x']}");
    for (String query : List.of("", "?new_format=true")) {
      checked("GET", "/v3/aliases/ada" + query, "");
      checked("GET", "/v3/aliases/nobody" + query, "");
    }
    checked("GET", "/v3/tags", "");
    checked("POST", "/v3/tags/t", "{'registration_ids':{'add':['" + device.id() + "']}}");
    checked("GET", "/v3/tags/t/registration_ids/" + device.id(), "");
    checked("DELETE", "/v3/tags/t", "");
    checked("POST", "/v3/aliases/other", "{'registration_ids':{'remove':[]}}");
    checked("DELETE", "/v3/aliases/other", "");
  }

  @Test
  void noAnswer_hasNullForAnObjectOrAList() {
    everyReport("1,2");
    Registration android = jpushFixture.android("ada");
    everyDevice(android);
    jpushFixture.phone(Platform.IOS, Optional.of("ada"));
    everyDevice(android);

    String push = "{'platform':'all'," + ALIASED;
    String id = checked("POST", "/v3/push", push).path("msg_id").asText();
    everyReport(id + ",3");
    checked("POST", "/v3/push/validate", push);
    checked("GET", "/v3/push/cid?count=2", "");
    checked("GET", "/v3/push/quota", "");
    checked(
        "POST",
        "/v3/push/batch/alias/single",
        "{'pushlist':{'%s':{'platform':'all','target':'ada','message':{'msg_content':'b'}},'x':{}}}"
            .formatted(jpushFixture.cid()));
    checked(
        "POST",
        "/v3/push/batch/regid/single",
        "{'pushlist':{'%s':{'platform':'all','target':'%s','message':{'msg_content':'b'}}}}"
            .formatted(jpushFixture.cid(), android.id()));
    group("/v3/grouppush", push);
    checked("POST", "/v3/status/message", "{'msg_id':%s,'registration_ids':['x']}".formatted(id));
    checked("DELETE", "/v3/push/" + id, "");
    everyReport(id);
    templates();
    schedules(push);
    files();
    images();
    admin();
    assertThat(asked).hasSizeGreaterThan(40);
  }

  private String later() {
    return "'trigger':{'single':{'time':'%s'}}"
        .formatted(
            TimeFormats.second(
                jpushFixture.clock.instant().plus(Duration.ofHours(1)),
                JpushConfig.DEFAULT.zone()));
  }

  private void templates() {
    String params = "'params':[{'audience':{'alias':['ada']}},{'audience':{'alias':['eve']}}]";
    checked("POST", "/v3/push/template", "{'id':'plain'," + params + "}");
    checked("POST", "/v3/push/template", "{'id':'none'," + params + "}");
    checked(
        "POST",
        "/v3/push/template/schedule",
        "{'id':'plain','schedule_name':'n'," + later() + "," + params + "}");
  }

  private void schedules(String push) {
    String body = "{'name':'n','enabled':true," + later() + ",'push':" + push + "}";
    String one =
        "/v3/schedules/" + checked("POST", "/v3/schedules", body).path("schedule_id").asText();
    JsonNode shown = checked("GET", one, "");
    assertThat(shown.path("trigger").isObject()).isTrue();
    assertThat(shown.path("push").isObject()).isTrue();
    checked("GET", one + "/msg_ids", "");
    checked("PUT", one, "{'enabled':false}");
    checked("GET", "/v3/schedules", "");
    checked("DELETE", one, "");
    checked("GET", one, "");
    checked("GET", "/v3/schedules?page=9", "");
  }

  private void files() {
    checked("GET", "/v3/files", "");
    var headers =
        JpushFixture.basic(JpushFixture.KEY, JpushFixture.SECRET)
            .with("Content-Type", "multipart/form-data; boundary=b");
    String part =
        """
        --b
        Content-Disposition: form-data; name="filename"; filename="f"

        ada
        --b--
        """;
    byte[] body = part.replace("\n", "\r\n").getBytes(UTF_8);
    Reply made = jpushFixture.call("POST", "/v3/files/alias", headers, body);
    String id = checked("POST /v3/files/alias", made).path("file_id").asText();
    checked("GET", "/v3/files", "");
    checked("GET", "/v3/files/" + id, "");
    checked(
        "POST",
        "/v3/push/file",
        "{'platform':'all','audience':{'file':{'file_id':'%s'}},'message':{'msg_content':'m'}}"
            .formatted(id));
    group(
        "/v3/grouppush/file",
        "{'platform':'all','audience':{'file':{'file_id':'"
            + id
            + "'}},'message':{'msg_content':'m'}}");
    checked("DELETE", "/v3/files/" + id, "");
  }

  private void images() {
    String body = "{'image_type':1,'image_url':'https://i.example/1.png'}";
    String id = checked("POST", "/v3/images/byurls", body).path("media_id").asText();
    checked("PUT", "/v3/images/byurls/" + id, "{'oppo_image_url':'https://i.example/2.png'}");
    checked("POST", "/v3/images/byfiles", "");
  }

  private void admin() {
    var developer = JpushFixture.basic("d".repeat(24), "s".repeat(24));
    Reply made =
        jpushFixture.call("POST", "/v1/app", developer, "{\"app_name\":\"n\"}".getBytes(UTF_8));
    String key = checked("POST /v1/app", made).path("app_key").asText();
    Reply gone = jpushFixture.call("POST", "/v1/app/" + key + "/delete", developer, new byte[0]);
    checked("POST /v1/app/delete", gone);
  }
}
