// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boomerang.dialect.getui.GetuiFixture;
import dev.boomerang.dialect.getui.access.GetuiKeyKind;
import dev.boomerang.dialect.getui.limit.Quota;
import dev.boomerang.kit.fixture.FailingStore;
import dev.boomerang.model.registration.Registration;
import dev.boomerang.port.StoreException;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Provokes every result with a request.
class ResultsTest {
  private static final String SINGLE = "pushMessageToSingleAction";
  private static final String UNKNOWN_CID = "00000000000000000000000";
  private static final String UNKNOWN_CID_FIELDS =
      WireFixture.APP + "'clientId':'" + UNKNOWN_CID + "'";

  @ParameterizedTest
  @EnumSource(WireResult.class)
  void result_isProvoked(WireResult result) {
    String expected = result.code().replace("<field>", "clientData");

    assertThat(resultOf(result)).isEqualTo(expected);
  }

  /// Returns the result that a request provokes; the compiler checks that no result is left out.
  private static String resultOf(WireResult result) {
    return switch (result) {
      case OK -> here("queryUserCount", WireFixture.APP + "'conditions':[]");
      case SUCCESS -> {
        try (var wire = new WireFixture()) {
          String task =
              wire.prepare(WireFixture.text("x"), ",'pushTime':'202601011700'")
                  .path("contentId")
                  .asText();
          yield wire.result("getScheduleTaskAction", WireFixture.APP + "'taskId':'" + task + "'");
        }
      }
      case CONNECTED -> connected(GetuiFixture.KEY, GetuiFixture.SECRET);
      case ONLINE -> {
        try (var wire = new WireFixture()) {
          Registration ada = wire.fixture.android("ada");
          wire.fixture.connect(ada);
          yield wire.result(
              "getClientIdStatusAction", WireFixture.APP + "'clientId':'" + ada.id() + "'");
        }
      }
      case OFFLINE -> {
        try (var wire = new WireFixture()) {
          Registration ada = wire.fixture.android("ada");
          yield wire.result(
              "getClientIdStatusAction", WireFixture.APP + "'clientId':'" + ada.id() + "'");
        }
      }
      case NOBODY -> here("getClientIdStatusAction", UNKNOWN_CID_FIELDS);
      case SIGN -> connected(GetuiFixture.KEY, "wrong");
      case ACTION -> here("getPersonaTags", "'appId':'appIdX'");
      case APP_KEY -> connected("nobodys", GetuiFixture.SECRET);
      case MALFORMED -> here("getContentIdAction", "'clientData':'?'");
      case MISSING -> here("getContentIdAction", "'contentType':1");
      case FOREIGN_APP -> here("queryUserCount", "'appId':'bank'");
      case UNKNOWN_APP -> here("queryUserCount", "'appId':'nobodys'");
      case BLACK_APP -> {
        try (var wire = new WireFixture()) {
          wire.fixture.engine.apps().activate(GetuiKeyKind.KIND, GetuiFixture.KEY, false);
          yield wire.result("queryUserCount", "'appId':'appIdX'");
        }
      }
      case UNKNOWN_USER -> here(SINGLE, UNKNOWN_CID_FIELDS + "," + WireFixture.text("x"));
      case BAD_CID -> here(SINGLE, WireFixture.APP + "'clientId':'x'," + WireFixture.text("x"));
      case ALIAS_NOT_BOUND ->
          here(SINGLE, WireFixture.APP + "'alias':'x'," + WireFixture.text("x"));
      case NO_TARGETS -> here("blackCidAction", WireFixture.APP + "'optType':1,'cidList':[]");
      case NO_TARGET -> vendorOnly();
      case NO_DEVICE_TOKEN ->
          here("setBadgeAction", WireFixture.APP + "'badge':'1','deviceToken':['aa'],'cid':[]");
      case NO_MESSAGE -> here("pushMessageToAppAction", "'contentId':'OSA-0101_x'");
      case NO_TASK -> here("getPushMsgResult", "'taskId':'OSA-0101_x'");
      case BLANK_TASK -> here("pushMessageToAppAction", "'contentId':''");
      case TASK_OVER -> {
        try (var wire = new WireFixture()) {
          String content = wire.prepare(WireFixture.text("x"), "").path("contentId").asText();
          wire.call("cancleContentIdAction", "'contentId':'" + content + "'");
          yield wire.launch(content).path("result").asText();
        }
      }
      case STOP_FAILED -> broken("stopTaskAction", new StoreException("gone", new IOException()));
      case OUT_OF_RANGE -> {
        try (var wire = new WireFixture()) {
          Registration ada = wire.fixture.android("ada");
          String task = wire.push(ada, WireFixture.text("x")).path("taskId").asText();
          yield wire.result("stopTaskAction", "'contentId':'" + task + "'");
        }
      }
      case LIST_QUOTA -> secondUseOf(Quota.LIST_MINUTE);
      case APP_QUOTA -> secondUseOf(Quota.APP_MINUTE);
      case TOTAL_QUOTA -> secondUseOf(Quota.TOTAL_DAY);
      case TOO_FREQUENT -> secondUseOf(Quota.REPORT_MINUTE);
      case OVER_LIMIT -> secondUseOf(Quota.TAG_SETS_DAY);
      case TAG_NOBODY ->
          here(
              "pushMessageByTagAction",
              "'appIdList':['appIdX'],'tag':'x'," + WireFixture.text("x"));
      case APP_NOBODY -> {
        try (var wire = new WireFixture()) {
          String content =
              wire.prepare(WireFixture.text("x"), ",'tagList':['x']").path("contentId").asText();
          yield wire.launch(content).path("result").asText();
        }
      }
      case BAD_TAG ->
          here("queryUserCount", WireFixture.APP + "'conditions':[{'key':'age','values':['0']}]");
      case BLACK_LIST_FAILED ->
          here("blackCidAction", WireFixture.APP + "'optType':2,'cidList':['" + UNKNOWN_CID + "']");
      case PUSH_INFO -> {
        var message =
            WireMessages.withApple(WireMessages.steps(WireMessages.startApp()), "no JSON");
        yield here(
            "getContentIdAction",
            "'contentType':1," + WireFixture.message(WireMessages.text(message), "x"));
      }
      case TOO_LONG -> here("getContentIdAction", WireFixture.text("x".repeat(3_073)));
      case SENSITIVE -> here("getContentIdAction", WireFixture.text("a " + GetuiFixture.FORBIDDEN));
      case SERVICE -> broken("queryUserCount", new StoreException("gone", new IOException()));
      case OTHER -> broken("queryUserCount", new IllegalStateException("a fault of ours"));
    };
  }

  private static String here(String action, String fields) {
    try (var wire = new WireFixture()) {
      return wire.result(action, fields);
    }
  }

  private static String connected(String key, String secret) {
    try (var wire = new WireFixture()) {
      String body = wire.connecting(key, secret, "4.1.0.4");
      return GetuiFixture.json(wire.raw(body, WireFixture.HERE)).path("result").asText();
    }
  }

  private static String vendorOnly() {
    try (var wire = new WireFixture()) {
      Registration ada = wire.fixture.android("ada");
      return wire.push(ada, WireFixture.text("x") + ",'strategyJson':'{\\\"default\\\":2}'")
          .path("result")
          .asText();
    }
  }

  private static String broken(String action, RuntimeException fault) {
    var failingStore = new FailingStore();
    try (var wire = new WireFixture(failingStore.store())) {
      // The log-in is remembered.
      wire.call("queryUserCount", "'appId':'appIdX'");
      failingStore.failWith(fault);
      String result =
          wire.result(action, "'appId':'appIdX','contentId':'OSL-0101_" + "0".repeat(31) + "1'");
      failingStore.recover();
      return result;
    }
  }

  /// Returns the result of a second call where the quota allows one.
  private static String secondUseOf(Quota quota) {
    try (var wire = new WireFixture(GetuiFixture.with(quota, 1))) {
      Registration ada = wire.fixture.android("ada");
      use(quota, wire, ada);
      return use(quota, wire, ada);
    }
  }

  private static String use(Quota quota, WireFixture wire, Registration ada) {
    return switch (quota) {
      case LIST_MINUTE, LIST_DAY ->
          wire.toList(wire.list(WireFixture.text("x")), WireFixture.quoted(ada), "")
              .path("result")
              .asText();
      case APP_MINUTE, APP_DAY, TAG_DAY ->
          wire.launch(wire.prepare(WireFixture.text("x"), "").path("contentId").asText())
              .path("result")
              .asText();
      case TOTAL_DAY -> wire.push(ada, WireFixture.text("x")).path("result").asText();
      case REPORT_MINUTE ->
          wire.result("getPushResultByGroupName", WireFixture.APP + "'groupName':'g'");
      case TAG_SETS_DAY ->
          wire.result(
              "setTagAction", WireFixture.APP + "'clientId':'" + ada.id() + "','tagList':['t']");
      case TAG_EDITS_DAY, TAG_EDITS_MINUTE ->
          wire.result(
              "changeTagAction",
              WireFixture.APP + "'tag':'t','operation':1,'cids':[" + WireFixture.quoted(ada) + "]");
      case CALLS_MINUTE -> wire.result("queryUserCount", "'appId':'appIdX'");
      case AUTH_MINUTE -> wire.connect("4.1.0.4", WireFixture.HERE).path("result").asText();
      case FAST_TAG_DAY, FAST_TAG_MINUTE ->
          throw new IllegalArgumentException("the V1 wire has no such push");
    };
  }

  @ParameterizedTest
  @EnumSource(
      value = Quota.class,
      names = {"FAST_TAG_DAY", "FAST_TAG_MINUTE"},
      mode = EnumSource.Mode.EXCLUDE)
  void quota_isKept(Quota quota) {
    assertThat(secondUseOf(quota))
        .isIn(
            "PushMsgToListTimesOverLimit",
            "PushMsgToAppTimesOverLimit",
            "PushTotalNumOverLimit",
            "TooFrequent",
            "OverLimit");
  }

  @ParameterizedTest
  @CsvSource({
    "pushMessageToSingleAction, appId", "getClientIdStatusAction, appId",
    "pushMessageByTagAction, appId", "getContentIdAction, clientData"
  })
  void missingField_isNamed(String action, String field) {
    assertThat(here(action, "'x':null")).isEqualTo(field + " is not null");
  }

  /// Answers what is not supported as such, before anybody is asked to log in.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "apnPushToSingleAction",
        "apnGetContentIdAction",
        "apnPushToListAction",
        "pushMessageToGroupAction",
        "createGroupAction",
        "updateGroupAction",
        "removeGroupAction",
        "queryCidsByGroupidAction",
        "queryCidStatusByGroupidAction",
        "bind_cid_pn",
        "unbind_cid_pn",
        "query_cid_pn",
        "stop_sms",
        "getPersonaTags",
        "nonsense"
      })
  void unsupportedAction_isAnError(String action) {
    try (var wire = new WireFixture()) {
      String body = WireFixture.body(action, "'authToken':'wrong'", "");

      assertThat(GetuiFixture.json(wire.raw(body, WireFixture.HERE)).path("result").asText())
          .isEqualTo("action_error");
    }
  }

  @Test
  void serverErrors_haveNoDetails() {
    var failingStore = new FailingStore();
    try (var wire = new WireFixture(failingStore.store())) {
      wire.call("queryUserCount", "'appId':'appIdX'");
      failingStore.failWith(new IllegalStateException("a fault of ours"));

      assertThat(wire.reply("queryUserCount", "'appId':'appIdX'").body().text())
          .isEqualTo("{\"result\":\"OtherError\"}");
      failingStore.recover();
    }
  }

  @Test
  void everyResult_isUnique_andExplained() {
    assertThat(Arrays.stream(WireResult.values()).map(WireResult::code)).doesNotHaveDuplicates();
    assertThat(WireResult.values()).noneMatch(row -> row.text().isBlank());
    assertThat(WireResult.values()).allMatch(row -> row.status() == 200);
  }
}
