// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui.v1;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.boomerang.dialect.getui.GetuiFixture;
import dev.boomerang.dialect.getui.user.BadgeChange;
import dev.boomerang.model.registration.Platform;
import dev.boomerang.model.registration.Registration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class UserCallsTest {
  private final V1ApiFixture api = new V1ApiFixture();
  private final Registration ada = api.fixture.phone(Platform.ANDROID, Optional.empty());
  private final String cid = ada.id().value();

  @AfterEach
  void close() {
    api.close();
  }

  @Test
  void alias_isBoundFoundAndUnbound() {
    String pair = "{'cid':'" + cid + "','alias':'别名'}";
    api.post("/bind_alias", "{'alias_list':[" + pair + "]}");
    assertThat(api.get("/query_alias/" + cid).path("alias").asText()).isEqualTo("别名");
    assertThat(api.get("/query_cid/%E5%88%AB%E5%90%8D").path("cid").path(0).asText())
        .isEqualTo(cid);

    api.post("/unbind_alias", pair);
    assertThat(V1ApiFixture.result(api.call("GET", "/query_cid/别名", "")))
        .isEqualTo("alias_notbind");

    api.post("/bind_alias", "{'alias_list':[" + pair + "]}");
    api.post("/unbind_alias_all", "{'alias':'别名'}");
    assertThat(api.get("/query_alias/" + cid).path("alias").asText()).isEmpty();
  }

  @Test
  void tags_areSetAndRead() {
    api.post("/set_tags", "{'cid':'" + cid + "','tag_list':['t2','t1']}");

    assertThat(api.get("/get_tags/" + cid).path("tags").asText()).isEqualTo("t1 t2");
    assertThat(
            api.post(
                    "/query_user_count",
                    "{'condition':[{'key':'tag','values':['t1'],'opt_type':0}]}")
                .path("user_count")
                .asInt())
        .isEqualTo(1);
  }

  @Test
  void blacklist_keepsPushesAway() {
    api.post("/user_blk_list", "{'cid':['" + cid + "']}");
    assertThat(api.post("/push_single", api.body("'cid':'" + cid + "'")).path("status").asText())
        .isEqualTo("successed_ignore");

    api.answer("DELETE", "/user_blk_list", "{'cid':['" + cid + "']}");
    assertThat(api.post("/push_single", api.body("'cid':'" + cid + "'")).path("status").asText())
        .isEqualTo("successed_offline");
  }

  @Test
  void status_isOnlineOrOffline() {
    JsonNode offline = api.get("/user_status/" + cid);
    assertThat(offline.path("status").asText()).isEqualTo("offline");
    assertThat(offline.path("cid").asText()).isEqualTo(cid);
    assertThat(offline.path("lastlogin").asLong()).isEqualTo(api.fixture.clock.millis());

    api.fixture.connect(ada);
    assertThat(api.get("/user_status/" + cid).path("status").asText()).isEqualTo("online");
  }

  @Test
  void badge_isKept() {
    api.post("/set_badge", "{'badge':'+3','cid_list':['" + cid + "'],'devicetoken_list':[]}");

    Registration now = api.fixture.getui.users().find(GetuiFixture.SHOP, cid).orElseThrow();
    assertThat(BadgeChange.badge(now)).isEqualTo(3);
  }
}
