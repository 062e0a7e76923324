// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui.v1;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boomerang.dialect.getui.GetuiFixture;
import dev.boomerang.dialect.getui.access.GetuiKeyKind;
import dev.boomerang.dialect.getui.limit.Quota;
import dev.boomerang.kit.fixture.FailingStore;
import dev.boomerang.port.StoreException;
import dev.boomerang.web.http.Headers;
import dev.boomerang.web.http.Reply;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/// Provokes every result that can occur; `black_ip` is the vendor's own.
class ResultsTest {

  /// Source: Getui "REST API V1", result codes.
  @Test
  void everyResult_isInTheTable() {
    assertThat(Arrays.stream(V1Result.values()).map(V1Result::code))
        .containsExactlyInAnyOrder(
            "ok",
            "no_msg",
            "alias_error",
            "black_ip",
            "sign_error",
            "pushnum_overlimit",
            "no_appid",
            "no_user",
            "too_frequent",
            "sensitive_word",
            "appid_notmatch",
            "not_auth",
            "black_appid",
            "invalid_param",
            "alias_notbind",
            "tag_over_limit",
            "taginvalid_or_noauth",
            "no_valid_push",
            "no_taskid",
            "other_error");
  }

  private static void assertResult(Reply reply, String result) {
    assertThat(V1ApiFixture.result(reply)).as(reply.body().text()).isEqualTo(result);
    assertThat(reply.status()).isEqualTo(200);
  }

  @Test
  void logIns() {
    try (var api = new V1ApiFixture()) {
      String now = Long.toString(api.fixture.clock.millis());
      String good = GetuiFixture.sign("SHA-256", GetuiFixture.KEY, now, GetuiFixture.SECRET);

      assertResult(
          api.auth(V1ApiFixture.BASE, GetuiFixture.KEY, now, "0".repeat(64)), "sign_error");
      assertResult(api.auth(V1ApiFixture.BASE, "nobody", now, good), "appid_notmatch");
      assertResult(api.auth("/v1/none", GetuiFixture.KEY, now, good), "no_appid");
      assertResult(
          api.fixture.call("POST", V1ApiFixture.BASE + "/auth_sign", Headers.NONE, "x"),
          "invalid_param");
      assertResult(
          api.fixture.call("POST", V1ApiFixture.BASE + "/push_app", Headers.NONE, "{}"),
          "not_auth");
      assertResult(api.call("GET", "/nothing/here", ""), "other_error");
      assertResult(api.call("GET", "/push_app", ""), "other_error");

      api.fixture.engine.apps().activate(GetuiKeyKind.KIND, GetuiFixture.KEY, false);
      assertResult(api.auth(), "black_appid");
      assertResult(api.call("POST", "/push_app", "{}"), "black_appid");
    }
  }

  @Test
  void logOut_endsTheToken() {
    try (var api = new V1ApiFixture()) {
      assertResult(api.call("POST", "/auth_close", "{}"), "ok");
      assertResult(api.call("POST", "/push_app", "{}"), "not_auth");
    }
  }

  @Test
  void pushes() {
    try (var api = new V1ApiFixture()) {
      String cid = api.fixture.android("ada").id().value();
      String single =
          api.post("/push_single", api.body("'cid':'" + cid + "'")).path("taskid").asText();

      assertResult(api.call("POST", "/push_single", api.body("'cid':'c1'")), "no_user");
      String censored = api.body("'cid':'" + cid + "'").replace("hello", GetuiFixture.FORBIDDEN);
      assertResult(api.call("POST", "/push_single", censored), "sensitive_word");
      assertResult(api.call("POST", "/push_single", api.body("'alias':'x'")), "alias_notbind");
      assertResult(api.call("POST", "/push_by_tag", api.body("'tag':'none'")), "no_valid_push");
      assertResult(
          api.call(
              "POST",
              "/push_app",
              api.body("'condition':[{'key':'age','values':['0001'],'opt_type':0}]")),
          "taginvalid_or_noauth");
      assertResult(
          api.call("POST", "/push_list", "{'taskid':'OSL-0101_x','cid':['" + cid + "']}"),
          "no_taskid");
      assertResult(api.call("DELETE", "/stop_task/OSL-0101_x", ""), "no_taskid");
      assertResult(api.call("DELETE", "/stop_task/" + single, ""), "invalid_param");
      assertResult(api.call("POST", "/push_result", "{'taskIdList':['T1']}"), "no_taskid");
    }
  }

  @Test
  void users() {
    try (var api = new V1ApiFixture()) {
      String cid = api.fixture.android("ada").id().value();

      assertResult(api.call("GET", "/user_status/c1", ""), "no_user");
      assertResult(api.call("POST", "/user_blk_list", "{'cid':['c1']}"), "no_user");
      assertResult(
          api.call(
              "POST",
              "/bind_alias",
              "{'alias_list':[{'cid':'" + cid + "','alias':'" + "x".repeat(41) + "'}]}"),
          "alias_error");
      assertResult(
          api.call(
              "POST", "/set_tags", "{'cid':'" + cid + "','tag_list':['" + "x".repeat(33) + "']}"),
          "tag_over_limit");
    }
  }

  @Test
  void quotas() {
    try (var api = new V1ApiFixture(GetuiFixture.with(Quota.TOTAL_DAY, 1))) {
      String cid = api.fixture.android("ada").id().value();
      assertResult(api.call("POST", "/push_single", api.body("'cid':'" + cid + "'")), "ok");
      assertResult(
          api.call("POST", "/push_single", api.body("'cid':'" + cid + "'")), "pushnum_overlimit");
    }
    try (var api = new V1ApiFixture(GetuiFixture.with(Quota.CALLS_MINUTE, 1))) {
      assertResult(api.call("GET", "/query_bi_tags", ""), "ok");
      assertResult(api.call("GET", "/query_bi_tags", ""), "too_frequent");
    }
  }

  @Test
  void storeAndServerErrors_areOtherError() {
    var failingStore = new FailingStore();
    try (var api = new V1ApiFixture(failingStore.store())) {
      String body = api.body("'cid':'" + api.fixture.android("ada").id() + "'");
      failingStore.failWith(new StoreException("no answer", new IOException("gone")));
      assertResult(api.call("POST", "/push_single", body), "other_error");
      failingStore.failWith(new IllegalStateException("a mistake"));
      assertResult(api.call("POST", "/push_single", body), "other_error");
      failingStore.recover();
      assertResult(api.call("POST", "/push_single", body), "ok");
    }
  }
}
