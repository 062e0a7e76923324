// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui.v2;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.boomerang.dialect.getui.GetuiFixture;
import dev.boomerang.dialect.getui.user.BadgeChange;
import dev.boomerang.model.registration.Registration;
import dev.boomerang.web.http.Reply;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class UserCallsTest {
  private final V2ApiFixture api = new V2ApiFixture();
  private final Registration ada =
      api.fixture.phone(dev.boomerang.model.registration.Platform.ANDROID, Optional.empty());
  private final Registration bob =
      api.fixture.phone(dev.boomerang.model.registration.Platform.IOS, Optional.empty());
  private final String a = ada.id().value();
  private final String b = bob.id().value();

  @AfterEach
  void close() {
    api.close();
  }

  private String pairs(String... cidsAndAliases) {
    var text = new StringBuilder();
    for (int i = 0; i < cidsAndAliases.length; i += 2) {
      text.append(i == 0 ? "" : ",")
          .append("{'cid':'" + cidsAndAliases[i] + "','alias':'" + cidsAndAliases[i + 1] + "'}");
    }
    return "{'data_list':[" + text + "]}";
  }

  @Test
  void alias_isBoundFoundAndUnbound() {
    api.data("POST", "/user/alias", pairs(a, "别名", b, "别名"));
    assertThat(api.data("/user/alias/cid/" + a).path("alias").asText()).isEqualTo("别名");
    JsonNode cids = api.data("/user/cid/alias/%E5%88%AB%E5%90%8D?alias_type=t").path("cid");
    assertThat(cids).hasSize(2);

    api.data("DELETE", "/user/alias", pairs(a, "别名"));
    assertThat(api.data("/user/cid/alias/别名").path("cid")).hasSize(1);

    api.data("DELETE", "/user/alias/别名", "null");
    assertThat(api.data("/user/cid/alias/别名").path("cid")).isEmpty();
    assertThat(api.data("/user/alias/cid/" + b).path("alias").asText()).isEmpty();
  }

  @Test
  void lastAlias_wins_andUnbindingAnotherLeavesIt() {
    api.data("POST", "/user/alias", pairs(a, "one"));
    api.data("POST", "/user/alias", pairs(a, "two"));

    api.data("DELETE", "/user/alias", pairs(a, "one"));

    assertThat(api.data("/user/alias/cid/" + a).path("alias").asText()).isEqualTo("two");
  }

  @Test
  void invalidAliases_areRefused_andNoneIsBound() {
    assertRefused("POST", "/user/alias", pairs(a, "x", "c1", "x"), "target user is invalid");
    assertRefused("POST", "/user/alias", pairs(a, "x".repeat(41)), "alias is invalid");
    assertRefused("POST", "/user/alias", "{}", "data_list can not be empty");
    assertRefused("POST", "/user/alias", "null", "body can not be empty");
    assertThat(api.data("/user/alias/cid/" + a).path("alias").asText()).isEmpty();
    for (int i = 0; i < 10; i++) {
      api.data("POST", "/user/alias", pairs(api.fixture.android("x" + i).id().value(), "full"));
    }
    assertRefused("POST", "/user/alias", pairs(a, "full"), "alias is invalid");
  }

  private void assertRefused(String method, String path, String body, String message) {
    Reply reply = api.call(method, path, body);
    assertThat(reply.status()).isEqualTo(400);
    assertThat(V2ApiFixture.code(reply)).isEqualTo(20001);
    assertThat(V2ApiFixture.message(reply)).startsWith(message);
  }

  @Test
  void tags_areSetAddedRemovedAndRead() {
    api.data("POST", "/user/custom_tag/cid/" + a, "{'custom_tag':['t2','t1']}");
    assertThat(api.data("/user/custom_tag/cid/" + a).path(a).path(0).asText()).isEqualTo("t1 t2");

    JsonNode added =
        api.data(
            "PUT", "/user/custom_tag/batch/%E6%A0%87", "{'cid':['" + a + "','" + b + "','c1']}");
    assertThat(added.path(a).asText()).isEqualTo("true");
    assertThat(added.path(b).isTextual()).isTrue();
    assertThat(added.path("c1").asText()).isEqualTo("false");
    assertThat(api.data("/user/custom_tag/cid/" + a).path(a).path(0).asText()).isEqualTo("t1 t2 标");

    api.data("DELETE", "/user/custom_tag/batch/t1", "{'cid':['" + a + "']}");
    api.data("POST", "/user/custom_tag/cid/" + b, "{'custom_tag':[]}");
    assertThat(api.data("/user/custom_tag/cid/" + a).path(a).path(0).asText()).isEqualTo("t2 标");
    assertThat(api.data("/user/custom_tag/cid/" + b).path(b).path(0).asText()).isEmpty();
  }

  @Test
  void status_isOfKnownCids() {
    api.fixture.connect(ada);

    JsonNode data = api.data("/user/status/" + a + "," + b + ",c1");

    assertThat(data).hasSize(2);
    assertThat(data.path(a).path("status").asText()).isEqualTo("online");
    assertThat(data.path(b).path("status").asText()).isEqualTo("offline");
    assertThat(data.path(b).path("last_login_time").isTextual()).isTrue();
    assertThat(api.data("/user/deviceStatus/" + a).path(a).path("device_status").asText())
        .isEqualTo("online");
    JsonNode detail = api.data("/user/detail/" + b + ",c1");
    assertThat(detail.path("invalidCids").path(0).asText()).isEqualTo("c1");
    assertThat(detail.path("validCids").path(b).path("client_app_id").asText()).isEqualTo("appIdX");
    assertThat(detail.path("validCids").path(b).path("notificationSwitch").asBoolean()).isTrue();
  }

  @Test
  void badge_countsUpAndDown() {
    for (String badge : new String[] {"+5", "-2", "+1"}) {
      api.data("POST", "/user/badge/cid/" + b, "{'badge':'" + badge + "'}");
    }
    assertThat(badge()).isEqualTo(4);
    api.data("POST", "/user/badge/cid/" + a + "," + b, "{'badge':'-9'}");
    assertThat(badge()).isZero();
    api.data("POST", "/user/badge/cid/" + b, "{'badge':'7'}");
    assertThat(badge()).isEqualTo(7);

    assertRefused("POST", "/user/badge/cid/" + b, "{'badge':'x'}", "badge is invalid");
    assertRefused("POST", "/user/badge/cid/" + b + ",c1", "{'badge':'1'}", "cid is invalid");
  }

  private long badge() {
    return BadgeChange.badge(api.getuiUser(b));
  }

  @Test
  void count_isOfAllConditions() {
    api.fixture.android("x", "vip");
    api.fixture.phone(
        dev.boomerang.model.registration.Platform.IOS,
        Optional.empty(),
        Optional.of("33020000"),
        "vip");

    for (String path : new String[] {"/user/count", "/user/count/"}) {
      assertThat(
              api.data(
                      "POST",
                      path,
                      "{'tag':[{'key':'custom_tag','values':['vip'],'opt_type':'and'},"
                          + "{'key':'region','values':['33000000'],'opt_type':'not'}]}")
                  .path("user_count")
                  .asInt())
          .isEqualTo(1);
    }
    assertRefused("POST", "/user/count", "{'tag':[]}", "tag can not be empty");
    assertRefused(
        "POST",
        "/user/count",
        "{'tag':[{'key':'custom_tag','values':['a'],'opt_type':'xor'}]}",
        "tag[0].opt_type is invalid");
  }

  @Test
  void moreCidsThanAllowed_areRefused() {
    String many = "9".repeat(23) + ",c".repeat(1);
    var cids = new StringBuilder(many);
    for (int i = 0; i < 1_000; i++) {
      cids.append(",x").append(i);
    }
    assertRefused("POST", "/user/black/cid/" + cids, "", "cid is invalid");
    assertRefused("GET", "/user/status/" + cids, "", "cid is invalid");
    assertThat(GetuiFixture.json(api.get("/user/status/c1")).path("data").isEmpty()).isTrue();
  }
}
