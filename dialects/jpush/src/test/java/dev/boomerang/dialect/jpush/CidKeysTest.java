// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.jpush;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.boomerang.dialect.jpush.base.CidKeys;
import dev.boomerang.dialect.jpush.base.JpushKeyKind;
import dev.boomerang.kit.fixture.Fixtures;
import dev.boomerang.kit.fixture.ManualClock;
import dev.boomerang.model.app.Key;
import dev.boomerang.model.app.Secret;
import dev.boomerang.web.field.Fields;
import dev.boomerang.web.field.Json;
import dev.boomerang.web.http.Reply;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CidKeysTest {
  private static final String PUSH =
      "{'cid':'%s','platform':'all','audience':'all','message':{'msg_content':'m'}}";

  private final JpushFixture jpushFixture = new JpushFixture();

  @AfterEach
  void close() {
    jpushFixture.close();
  }

  private JsonNode list(String query) {
    Reply reply = jpushFixture.as(JpushFixture.KEY, "GET", "/v3/push/cid" + query, "null");
    assertThat(reply.status()).isEqualTo(200);
    return JpushFixture.json(reply).path("cidlist");
  }

  @Test
  void cids_areTheKeyAndAUuid_asManyAsAsked() {
    var seen = new HashSet<String>();
    list("?type=push&count=1000").forEach(cid -> seen.add(cid.textValue()));

    assertThat(seen).hasSize(1_000);
    for (String cid : seen) {
      assertThat(cid).startsWith(JpushFixture.KEY + "-");
      UUID uuid = UUID.fromString(cid.substring(JpushFixture.KEY.length() + 1));
      assertThat(uuid.version()).isEqualTo(8);
      assertThat(uuid.variant()).isEqualTo(2);
    }
    assertThat(list("")).hasSize(1);
    assertThat(list("?count=2&type=schedule")).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"?count=0", "?count=1001", "?count=x", "?type=other"})
  void query_thatIsWrong_is1003(String query) {
    assertThat(
            JpushFixture.code(jpushFixture.as(JpushFixture.KEY, "GET", "/v3/push/cid" + query, "")))
        .isEqualTo(1003);
  }

  @Test
  void cid_thatWasNotGivenOut_is1003() {
    String ours = jpushFixture.cid();
    String other =
        JpushFixture.json(jpushFixture.as(JpushFixture.BANK_KEY, "GET", "/v3/push/cid", ""))
            .path("cidlist")
            .get(0)
            .textValue();
    char last = ours.charAt(ours.length() - 1);
    for (String cid :
        List.of(
            "x",
            JpushFixture.KEY,
            JpushFixture.KEY + "-",
            JpushFixture.KEY + "-" + UUID.randomUUID(),
            ours.substring(0, ours.length() - 1) + (last == '0' ? '1' : '0'),
            ours.replace(JpushFixture.KEY, JpushFixture.BANK_KEY),
            ours + "0",
            other)) {
      Reply reply = jpushFixture.push(PUSH.formatted(cid));

      assertThat(JpushFixture.code(reply)).as(cid).isEqualTo(1003);
      assertThat(JpushFixture.message(reply)).contains("cid");
    }
  }

  @Test
  void cid_isGoodForADay() {
    String cid = jpushFixture.cid();
    jpushFixture.clock.advance(Duration.ofDays(1));
    assertThat(jpushFixture.push(PUSH.formatted(cid)).status()).isEqualTo(200);
    jpushFixture.clock.advance(Duration.ofSeconds(1));

    Reply late = jpushFixture.push(PUSH.formatted(cid));

    assertThat(JpushFixture.code(late)).isEqualTo(1003);
    assertThat(JpushFixture.message(late)).contains("cid", "day");
  }

  @Test
  void cid_ofAnotherNode_isOurs_aChangedSecretIsNot() {
    var clock = new ManualClock(Fixtures.NOW);
    var key = new Key(JpushKeyKind.KIND, JpushFixture.KEY, Fixtures.SHOP, new Secret("one"), true);
    var changed =
        new Key(JpushKeyKind.KIND, JpushFixture.KEY, Fixtures.SHOP, new Secret("two"), true);
    Fields body = Fields.of(Json.object().put("cid", new CidKeys(clock).create(key)));

    assertThat(new CidKeys(clock).requestKey(body, key)).isPresent();
    org.assertj.core.api.Assertions.assertThatThrownBy(
            () -> new CidKeys(clock).requestKey(body, changed))
        .hasMessageContaining("cid");
  }

  @Test
  void cid_thatIsEmpty_isNone() {
    assertThat(jpushFixture.push(PUSH.formatted("")).status()).isEqualTo(200);
    assertThat(jpushFixture.push(PUSH.formatted("")).status()).isEqualTo(200);
  }
}
