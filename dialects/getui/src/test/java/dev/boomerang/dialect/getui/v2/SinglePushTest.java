// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui.v2;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.boomerang.dialect.getui.GetuiFixture;
import dev.boomerang.dialect.getui.limit.Quota;
import dev.boomerang.kit.fixture.TestDevice;
import dev.boomerang.model.push.Content;
import dev.boomerang.model.registration.Registration;
import dev.boomerang.web.http.Reply;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SinglePushTest {
  private final V2ApiFixture api = new V2ApiFixture();
  private final Registration ada = api.fixture.android("ada");
  private final String cid = ada.id().value();

  @AfterEach
  void close() {
    api.close();
  }

  @Test
  void toACid_isOnlineOrOffline_andArrives() {
    JsonNode away = api.push("single/cid", V2ApiFixture.cids(cid), V2ApiFixture.TEXT);
    String task = away.fieldNames().next();
    assertThat(task).matches("RASS_\\d{4}_[0-9a-f]{32}");
    assertThat(away.path(task).path(cid).asText()).isEqualTo("successed_offline");

    TestDevice phone = api.fixture.connect(ada);
    JsonNode here = api.push("single/cid", V2ApiFixture.cids(cid), V2ApiFixture.TEXT);

    assertThat(here.path(here.fieldNames().next()).path(cid).asText())
        .isEqualTo("successed_online");
    assertThat(phone.contents())
        .containsOnly(new Content.DataMessage("hello", Map.of()))
        .hasSize(2);
  }

  @Test
  void toAnAlias_isAnsweredByCid() {
    Registration pad = api.fixture.android("ada");

    JsonNode data = api.push("single/alias", "{'alias':['ada']}", V2ApiFixture.TEXT);

    JsonNode statuses = data.path(data.fieldNames().next());
    assertThat(statuses.path(cid).asText()).isEqualTo("successed_offline");
    assertThat(statuses.path(pad.id().value()).asText()).isEqualTo("successed_offline");
    assertThat(api.fixture.mailbox(pad)).hasSize(1);
  }

  @Test
  void sameRequest_getsTheFirstAnswer_andDeliversNothingMore() {
    String body = api.body(V2ApiFixture.cids(cid), V2ApiFixture.TEXT);
    JsonNode first = api.data("POST", "/push/single/cid", body);
    TestDevice phone = api.fixture.connect(ada);

    assertThat(api.data("POST", "/push/single/cid", body)).isEqualTo(first);

    assertThat(phone.contents()).hasSize(1);
  }

  @Test
  void unknownTarget_isRefused() {
    assertRefused("single/cid", V2ApiFixture.cids("c1"), "target user is invalid");
    assertRefused("single/cid", V2ApiFixture.cids("9".repeat(23)), "target user is invalid");
    assertRefused("single/alias", "{'alias':['nobody']}", "alias is invalid");
    assertRefused("single/cid", "{'cid':['a','b']}", "audience.cid is invalid");
    assertRefused("single/cid", "{'cid':[]}", "audience.cid can not be empty");
    assertRefused("single/cid", "{}", "audience.cid can not be empty");
    assertRefused("single/cid", "'all'", "audience type error");
  }

  @Test
  void rejectedContent_isRefused() {
    String censored = V2ApiFixture.TEXT.replace("hello", GetuiFixture.FORBIDDEN);
    Reply reply = api.call("POST", "/push/single/cid", api.body(V2ApiFixture.cids(cid), censored));

    assertThat(V2ApiFixture.code(reply)).isEqualTo(20001);
    assertThat(V2ApiFixture.message(reply)).startsWith("push_message is invalid");
  }

  private void assertRefused(String path, String audience, String message) {
    Reply reply = api.call("POST", "/push/" + path, api.body(audience, V2ApiFixture.TEXT));
    assertThat(reply.status()).isEqualTo(400);
    assertThat(V2ApiFixture.code(reply)).isEqualTo(20001);
    assertThat(V2ApiFixture.message(reply)).startsWith(message);
  }

  @Test
  void blockedAndIdleUsers_areIgnored() {
    api.data("POST", "/user/black/cid/" + cid, "");
    assertThat(status()).isEqualTo("successed_ignore");
    assertThat(api.fixture.mailbox(ada)).isEmpty();

    api.data("DELETE", "/user/black/cid/" + cid, "null");
    assertThat(status()).isEqualTo("successed_offline");

    api.fixture.clock.advance(Duration.ofDays(91));
    String token = api.logIn();
    Reply late =
        api.fixture.call(
            "POST",
            V2ApiFixture.BASE + "/push/single/cid",
            dev.boomerang.web.http.Headers.of("token", token),
            api.body(V2ApiFixture.cids(cid), V2ApiFixture.TEXT));
    assertThat(late.body().text()).contains("successed_ignore");
  }

  private String status() {
    JsonNode data = api.push("single/cid", V2ApiFixture.cids(cid), V2ApiFixture.TEXT);
    return data.path(data.fieldNames().next()).path(cid).asText();
  }

  @Test
  void ttl_expires_andMinusOneIsForConnectedUsers() {
    api.pushed(cid, "'settings':{'ttl':60000}," + V2ApiFixture.TEXT);
    api.pushed(cid, "'settings':{'ttl':-1}," + V2ApiFixture.TEXT);
    api.fixture.clock.advance(Duration.ofSeconds(2));
    assertThat(api.fixture.mailbox(ada)).hasSize(1);

    api.fixture.clock.advance(Duration.ofMinutes(1));
    assertThat(api.fixture.mailbox(ada)).isEmpty();
  }

  @Test
  void batch_answersForEach_alsoForNobody() {
    String one = api.body(V2ApiFixture.cids(cid), V2ApiFixture.TEXT);
    String nobody = api.body(V2ApiFixture.cids("c1"), V2ApiFixture.TEXT);

    JsonNode data =
        api.data("POST", "/push/single/batch/cid", "{'msg_list':[" + one + "," + nobody + "]}");

    assertThat(data).hasSize(2);
    assertThat(data.findValues(cid).getFirst().asText()).isEqualTo("successed_offline");
    assertThat(data.findValues("c1").getFirst().asText()).isEqualTo("successed_ignore");
    assertThat(api.fixture.mailbox(ada)).hasSize(1);
  }

  @Test
  void batch_withOneInvalidBody_sendsNothing() {
    String one = api.body(V2ApiFixture.cids(cid), V2ApiFixture.TEXT);

    Reply reply =
        api.call(
            "POST",
            "/push/single/batch/cid",
            "{'msg_list':["
                + one
                + ","
                + api.body(V2ApiFixture.cids(cid), "'push_message':{}")
                + "]}");

    assertThat(V2ApiFixture.message(reply))
        .startsWith("msg_list[1].push_message.notification can not be empty");
    assertThat(api.fixture.mailbox(ada)).isEmpty();
  }

  @Test
  void batch_thatIsOverTheQuota_orHasOneThatCannotBe_sendsNothing() {
    String one = api.body(V2ApiFixture.cids(cid), V2ApiFixture.TEXT);
    String vendorOnly =
        api.body(
            V2ApiFixture.cids(cid), "'settings':{'strategy':{'default':2}}," + V2ApiFixture.TEXT);
    String unknown = api.body(V2ApiFixture.cids(cid), V2ApiFixture.revoke("RASS_0101_x", false));

    assertThat(V2ApiFixture.code(batch(api, one, vendorOnly))).isEqualTo(21001);
    assertThat(V2ApiFixture.code(batch(api, one, unknown))).isEqualTo(20001);
    assertThat(api.fixture.mailbox(ada)).isEmpty();
    try (var limited = new V2ApiFixture(GetuiFixture.with(Quota.TOTAL_DAY, 1))) {
      Registration bob = limited.fixture.android("bob");
      String body = limited.body(V2ApiFixture.cids(bob.id().value()), V2ApiFixture.TEXT);
      assertThat(V2ApiFixture.code(batch(limited, body, body))).isEqualTo(30009);
      assertThat(limited.fixture.mailbox(bob)).isEmpty();
    }
  }

  private static Reply batch(V2ApiFixture api, String... messages) {
    return api.call(
        "POST", "/push/single/batch/cid", "{'msg_list':[" + String.join(",", messages) + "]}");
  }

  @Test
  void asyncBatch_hasNoData() {
    Reply reply =
        api.call(
            "POST",
            "/push/single/batch/alias",
            "{'is_async':true,'msg_list':["
                + api.body("{'alias':['ada']}", V2ApiFixture.TEXT)
                + "]}");

    assertThat(GetuiFixture.json(reply).has("data")).isFalse();
    assertThat(api.fixture.mailbox(ada)).hasSize(1);
  }

  @Test
  void cidByTag_reachesWhoHasTheTag() {
    Registration bob = api.fixture.android("bob", "vip");

    JsonNode without =
        api.push(
            "single/cid_by_tag",
            "{'cid_by_tag':[{'cid':'" + cid + "','tag':['vip']}]}",
            V2ApiFixture.TEXT);
    assertThat(without.findValue(cid).asText()).isEqualTo("successed_ignore");
    JsonNode with =
        api.push(
            "single/cid_by_tag",
            "{'cid_by_tag':[{'cid':'" + bob.id() + "','tag':['vip'],'op_type':1}]}",
            V2ApiFixture.TEXT);
    assertThat(with.findValue(bob.id().value()).asText()).isEqualTo("successed_offline");

    assertThat(api.fixture.mailbox(ada)).isEmpty();
    assertThat(api.fixture.mailbox(bob)).hasSize(1);
  }
}
