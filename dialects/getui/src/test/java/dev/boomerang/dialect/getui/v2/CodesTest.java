// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui.v2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boomerang.dialect.getui.GetuiFixture;
import dev.boomerang.dialect.getui.limit.Quota;
import dev.boomerang.kit.fixture.FailingStore;
import dev.boomerang.model.registration.Registration;
import dev.boomerang.port.StoreException;
import dev.boomerang.web.http.Headers;
import dev.boomerang.web.http.Reply;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Provokes every code that can occur; those of the vendor's plans are in the table only.
class CodesTest {

  /// Source: Getui "RestAPI V2", common return codes.
  @ParameterizedTest
  @CsvSource({
    "0, 200",
    "1, 200",
    "2, 200",
    "301, 200",
    "404, 404",
    "405, 405",
    "10001, 401",
    "10002, 401",
    "10003, 401",
    "10004, 401",
    "10005, 401",
    "20001, 400",
    "21001, 400",
    "22001, 400",
    "22002, 400",
    "23001, 400",
    "30000, 403",
    "30001, 403",
    "30002, 403",
    "30003, 403",
    "30004, 403",
    "30005, 403",
    "30006, 403",
    "30007, 403",
    "30008, 403",
    "30009, 403",
    "30010, 403",
    "30011, 403",
    "30012, 403",
    "30013, 403",
    "30014, 403",
    "30015, 403",
    "30016, 403",
    "30017, 403",
    "30018, 403",
    "30019, 403"
  })
  void code_isInTheTable_withItsStatus(String code, int status) {
    List<V2Code> rows =
        Arrays.stream(V2Code.values()).filter(row -> row.code().equals(code)).toList();

    assertThat(rows)
        .singleElement()
        .matches(row -> row.status() == status && !row.text().isBlank());
  }

  private static void assertCode(Reply reply, int code, int status) {
    assertThat(V2ApiFixture.code(reply)).as(reply.body().text()).isEqualTo(code);
    assertThat(reply.status()).isEqualTo(status);
    assertThat(reply.headers().get("Content-Type")).contains("application/json;charset=utf-8");
  }

  @Test
  void nonJson_is1() {
    try (var api = new V2ApiFixture()) {
      assertCode(api.call("POST", "/push/all", "not json"), 1, 200);
    }
  }

  @Test
  void unknownPath_is404_otherMethod_is405() {
    try (var api = new V2ApiFixture()) {
      for (String path : new String[] {"", "/x", "/push/x", "/push/single/x/y", "/a/b/c/d/e"}) {
        assertCode(api.call("POST", path, "{}"), 404, 404);
      }
      assertCode(api.get("/push/all"), 405, 405);
      assertCode(api.call("PUT", "/task/x", ""), 405, 405);
      assertCode(api.get("/auth"), 405, 405);
    }
  }

  @Test
  void badToken_is10001() {
    try (var api = new V2ApiFixture()) {
      for (Headers headers : List.of(Headers.NONE, Headers.of("token", "wrong"))) {
        assertCode(
            api.fixture.call("GET", V2ApiFixture.BASE + "/report/online_user", headers, ""),
            10001,
            401);
      }
      assertCode(
          api.fixture.call(
              "GET", "/v2/none/report/online_user", Headers.of("token", api.token), ""),
          10001,
          401);
      assertCode(
          api.fixture.call(
              "GET", "/v2/" + "x".repeat(99) + "/report/online_user", Headers.NONE, ""),
          10001,
          401);
    }
  }

  @Test
  void vendorOnly_is21001() {
    try (var api = new V2ApiFixture()) {
      Registration ada = api.fixture.android("ada");

      Reply reply =
          api.call(
              "POST",
              "/push/single/cid",
              api.body(
                  V2ApiFixture.cids(ada.id().value()),
                  "'settings':{'strategy':{'default':2}}," + V2ApiFixture.TEXT));

      assertCode(reply, 21001, 400);
      assertThat(api.fixture.mailbox(ada)).isEmpty();
    }
  }

  @Test
  void tagThatNoCidGot_is23001() {
    try (var api = new V2ApiFixture()) {
      assertCode(api.call("PUT", "/user/custom_tag/batch/t", "{'cid':['c1']}"), 23001, 400);
    }
  }

  @Test
  void longTag_is30005_andManyAre30016() {
    try (var api = new V2ApiFixture()) {
      String path = "/user/custom_tag/cid/" + api.fixture.android("ada").id();
      assertCode(api.call("POST", path, "{'custom_tag':['" + "x".repeat(33) + "']}"), 30005, 403);
      var tags = new StringBuilder("'t'");
      for (int i = 0; i < 100; i++) {
        tags.append(",'").append(i).append("'");
      }
      assertCode(api.call("POST", path, "{'custom_tag':[" + tags + "]}"), 30016, 403);
    }
  }

  @Test
  void tooManySchedules_is30002() {
    try (var api = new V2ApiFixture()) {
      for (int i = 0; i < 100; i++) {
        api.push("all", "'all'", later(api));
      }
      assertCode(api.call("POST", "/push/all", api.body("'all'", later(api))), 30002, 403);
    }
  }

  private static String later(V2ApiFixture api) {
    long time = api.fixture.clock.instant().plusSeconds(600).toEpochMilli();
    return "'settings':{'schedule_time':" + time + "}," + V2ApiFixture.TEXT;
  }

  @ParameterizedTest
  @CsvSource({
    "CALLS_MINUTE, 10005, 401, get, /report/online_user",
    "TAG_EDITS_DAY, 30004, 403, tag, ",
    "TAG_EDITS_MINUTE, 30012, 403, tag, ",
    "TAG_SETS_DAY, 30011, 403, set, ",
    "FAST_TAG_DAY, 30006, 403, fast, ",
    "FAST_TAG_MINUTE, 30013, 403, fast, ",
    "APP_DAY, 30007, 403, all, ",
    "TAG_DAY, 30010, 403, fast, ",
    "APP_MINUTE, 30014, 403, all, ",
    "LIST_DAY, 30008, 403, list, ",
    "LIST_MINUTE, 30015, 403, list, ",
    "TOTAL_DAY, 30009, 403, single, ",
    "REPORT_MINUTE, 30018, 403, get, /report/push/task/T1"
  })
  void secondCall_exceedsTheQuota(Quota quota, int code, int status, String what, String path) {
    try (var api = new V2ApiFixture(GetuiFixture.with(quota, 1))) {
      String cid = api.fixture.android("ada", "t").id().value();
      String list = what.equals("list") ? api.opened(V2ApiFixture.TEXT) : "";
      assertThat(V2ApiFixture.code(once(api, what, path, cid, list))).isZero();
      assertCode(once(api, what, path, cid, list), code, status);
    }
  }

  private static Reply once(V2ApiFixture api, String what, String path, String cid, String list) {
    return switch (what) {
      case "get" -> api.get(path);
      case "tag" -> api.call("PUT", "/user/custom_tag/batch/t", "{'cid':['" + cid + "']}");
      case "set" -> api.call("POST", "/user/custom_tag/cid/" + cid, "{'custom_tag':['t']}");
      case "fast" ->
          api.call(
              "POST",
              "/push/fast_custom_tag",
              api.body("{'fast_custom_tag':'t'}", V2ApiFixture.TEXT));
      case "all" -> api.call("POST", "/push/all", api.body("'all'", V2ApiFixture.TEXT));
      case "list" -> api.call("POST", "/push/list/cid", V2ApiFixture.listBody(list, cid));
      case "single" ->
          api.call("POST", "/push/single/cid", api.body(V2ApiFixture.cids(cid), V2ApiFixture.TEXT));
      default -> throw new AssertionError(what);
    };
  }

  @Test
  void tooManyLogIns_are10003() {
    try (var api = new V2ApiFixture(GetuiFixture.with(Quota.AUTH_MINUTE, 2))) {
      assertCode(api.auth(), 0, 200);
      assertCode(api.auth(), 10003, 401);
      api.fixture.clock.advance(java.time.Duration.ofMinutes(1));
      assertCode(api.auth(), 0, 200);
    }
  }

  @Test
  void storeAndServerErrors_are1() {
    var failingStore = new FailingStore();
    try (var api = new V2ApiFixture(failingStore.store())) {
      String cid = api.fixture.android("ada").id().value();
      String body = api.body(V2ApiFixture.cids(cid), V2ApiFixture.TEXT);
      failingStore.failWith(new StoreException("no answer", new java.io.IOException("gone")));
      assertCode(api.call("POST", "/push/single/cid", body), 1, 200);
      failingStore.failWith(new IllegalStateException("a mistake"));
      assertCode(api.call("POST", "/push/single/cid", body), 1, 200);
      failingStore.recover();
      assertCode(api.call("POST", "/push/single/cid", body), 0, 200);
    }
  }
}
