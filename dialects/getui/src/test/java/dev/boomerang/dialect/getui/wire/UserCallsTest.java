// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.boomerang.dialect.getui.user.BadgeChange;
import dev.boomerang.model.registration.Registration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Tests aliases, tags, the blacklist and badges.
class UserCallsTest {
  private static final String APP = "'appid':'appIdX',";
  private static final String UNKNOWN_CID = "00000000000000000000000";

  private final WireFixture wire = new WireFixture();
  private final Registration ada = wire.fixture.android("ada", "t1");
  private final Registration bob = wire.fixture.android("bob");

  @AfterEach
  void close() {
    wire.close();
  }

  private JsonNode aliasOf(Registration phone) {
    return wire.call("alias_query", APP + "'cid':'" + phone.id() + "'");
  }

  private JsonNode cidsOf(String alias) {
    return wire.call("alias_query", APP + "'alias':'" + alias + "'").path("cidlist");
  }

  @Test
  void status_isOnlineOrOffline() {
    String fields = WireFixture.APP + "'clientId':'" + ada.id() + "'";

    JsonNode away = wire.call("getClientIdStatusAction", fields);
    wire.fixture.connect(ada);

    assertThat(away.path("result").asText()).isEqualTo("Offline");
    assertThat(away.path("lastLogin").asText())
        .isEqualTo(Long.toString(ada.seenAt().toEpochMilli()));
    assertThat(wire.result("getClientIdStatusAction", fields)).isEqualTo("Online");
    assertThat(wire.result("getClientIdStatusAction", WireFixture.APP + "'clientId':'no'"))
        .isEqualTo("Nobind");
  }

  @Test
  void alias_isBound_inThePlaceOfTheOneBefore() {
    wire.call("alias_bind", APP + "'cid':'" + bob.id() + "','alias':'ada'");

    assertThat(aliasOf(bob).path("alias").asText()).isEqualTo("ada");
    assertThat(cidsOf("ada")).hasSize(2);
    assertThat(wire.result("alias_query", APP + "'alias':'bob'")).isEqualTo("AliasNotBind");
  }

  @Test
  void aliases_areBoundInOneCall() {
    String list =
        "'aliaslist':[{'cid':'%s','alias':'a1'},{'cid':'%s','alias':'a2'}]"
            .formatted(ada.id(), bob.id());

    assertThat(wire.result("alias_bind_list", APP + list)).isEqualTo("ok");

    assertThat(aliasOf(ada).path("alias").asText()).isEqualTo("a1");
    assertThat(aliasOf(bob).path("alias").asText()).isEqualTo("a2");
    assertThat(wire.result("alias_bind_list", APP + "'aliaslist':[]"))
        .isEqualTo("TargetListIsNullOrSizeIs0");
  }

  @Test
  void alias_isUnbound_fromOneOrAll() {
    wire.call("alias_bind", APP + "'cid':'" + bob.id() + "','alias':'ada'");

    wire.call("alias_unbind", APP + "'cid':'" + ada.id() + "','alias':'ada'");
    assertThat(cidsOf("ada")).hasSize(1);
    wire.call("alias_unbind", APP + "'alias':'ada'");

    assertThat(aliasOf(bob).path("result").asText()).isEqualTo("AliasNotBind");
    assertThat(aliasOf(bob).path("error_code").asText()).isEqualTo("AliasNotBind");
  }

  @Test
  void alias_canBeTooLong_orFull() {
    String cid = APP + "'cid':'" + ada.id() + "','alias':'";

    assertThat(wire.result("alias_bind", cid + "x".repeat(41) + "'")).isEqualTo("Error");
    for (int i = 0; i < 10; i++) {
      wire.fixture.android("full");
    }
    assertThat(wire.result("alias_bind", cid + "full'")).isEqualTo("OverLimit");
  }

  @Test
  void tags_areSetAndRead() {
    String cid = WireFixture.APP + "'clientId':'" + ada.id() + "'";

    assertThat(wire.result("setTagAction", cid + ",'tagList':['b','a']")).isEqualTo("ok");

    assertThat(wire.call("getUserTags", cid).path("tags").asText()).isEqualTo("a b");
    assertThat(wire.result("setTagAction", cid + ",'tagList':['" + "x".repeat(33) + "']"))
        .isEqualTo("TagInvalidOrNoAuth");
  }

  @ParameterizedTest
  @CsvSource({"1, 2", "'add', 2", "2, 0", "'remove', 0"})
  void tag_isAddedOrRemoved(String operation, int count) {
    JsonNode answer =
        wire.call(
            "changeTagAction",
            WireFixture.APP
                + "'tag':'t1','operation':'%s','cids':[%s,'%s']"
                    .formatted(operation, WireFixture.quoted(ada, bob), UNKNOWN_CID));

    assertThat(answer.path("result").asText()).isEqualTo("ok");
    assertThat(answer.path("invalidCidList").get(0).asText()).isEqualTo(UNKNOWN_CID);
    assertThat(count("'conditions':[{'key':'tag','values':['t1']}]")).isEqualTo(count);
  }

  private int count(String conditions) {
    return wire.call("queryUserCount", WireFixture.APP + conditions).path("userCount").asInt();
  }

  @Test
  void users_areCounted() {
    assertThat(count("'conditions':[]")).isEqualTo(2);
    assertThat(count("'conditions':[{'key':'tag','values':['t1'],'optType':2}]")).isEqualTo(1);
    JsonNode byTag = wire.call("getUserCountByTags", WireFixture.APP + "'tagList':['t1','t2']");
    assertThat(byTag.path("userCount").path("t1").asInt()).isEqualTo(1);
    assertThat(byTag.path("userCount").path("t2").asInt()).isZero();
    assertThat(wire.result("getUserCountByTags", WireFixture.APP + "'tagList':[]"))
        .isEqualTo("tagList is not null");
  }

  @Test
  void blackList_namesUnknownCids() {
    String both = "'cidList':[" + WireFixture.quoted(ada) + ",'" + UNKNOWN_CID + "']";

    JsonNode added = wire.call("blackCidAction", WireFixture.APP + "'optType':1," + both);

    assertThat(added.path("result").asText()).isEqualTo("ok");
    assertThat(added.path("invalidCidList").get(0).asText()).isEqualTo(UNKNOWN_CID);
    wire.push(ada, WireFixture.text("x"));
    assertThat(wire.fixture.tasks(ada)).isEmpty();
    wire.call("blackCidAction", WireFixture.APP + "'optType':2," + both);
    wire.push(ada, WireFixture.text("x"));
    assertThat(wire.fixture.tasks(ada)).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"7, 7", "+2, 12", "-3, 7", "-30, 0"})
  void badge_isChanged(String badge, long after) {
    String cid = "'cid':[" + WireFixture.quoted(ada) + "],'deviceToken':[]";
    wire.call("setBadgeAction", APP + "'badge':'10'," + cid);

    wire.call("setBadgeAction", APP + "'badge':'" + badge + "'," + cid);

    assertThat(
            BadgeChange.badge(
                wire.fixture.engine.registrations().find(ada.app(), ada.id()).orElseThrow()))
        .isEqualTo(after);
  }
}
