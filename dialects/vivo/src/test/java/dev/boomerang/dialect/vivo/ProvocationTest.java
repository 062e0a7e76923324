// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.vivo;

import static dev.boomerang.dialect.vivo.fixture.VivoFixture.json;
import static dev.boomerang.dialect.vivo.fixture.VivoFixture.requireSuccess;
import static org.assertj.core.api.Assertions.assertThat;

import dev.boomerang.dialect.vivo.base.VivoConfig;
import dev.boomerang.dialect.vivo.base.VivoError;
import dev.boomerang.dialect.vivo.base.VivoKeyKind;
import dev.boomerang.dialect.vivo.fixture.VivoConfigBuilder;
import dev.boomerang.dialect.vivo.fixture.VivoFixture;
import dev.boomerang.web.http.Headers;
import dev.boomerang.web.http.Reply;
import java.time.Duration;
import java.time.LocalTime;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Makes a call for every error of the table. The switch below has no default, so a new error does
/// not compile without its call.
class ProvocationTest {

  private static Reply provoke(VivoError error) {
    return switch (error) {
      case PARAMETER -> sent("'pushMode':2");
      case TOKEN -> {
        try (var fixture = new VivoFixture()) {
          yield fixture.as("nobodys", "POST", "/message/send", "{}");
        }
      }
      case APP_STATE -> {
        try (var fixture = new VivoFixture()) {
          fixture.engine.apps().activate(VivoKeyKind.KIND, VivoFixture.KEY, false);
          yield fixture.get("/report/getAppConfig");
        }
      }
      case LIVE_CARDS -> posted("/livemessage/send", "{'notifyId':1,'liveMessage':{}}");
      case NO_TARGET -> posted("/message/send", "{}");
      case NOTIFY_TYPE -> sent("'notifyType':0");
      case TITLE_EMPTY -> sent("'title':''");
      case TITLE_LONG -> sent("'title':'" + "汉".repeat(41) + "'");
      case CONTENT_EMPTY -> sent("'content':''");
      case CONTENT_LONG -> sent("'content':'" + "汉".repeat(101) + "'");
      case TIME_TO_LIVE -> sent("'timeToLive':59");
      case SKIP_TYPE -> sent("'skipType':0");
      case URL_EMPTY -> sent("'skipType':2");
      case URL_LONG -> sent("'skipType':2,'skipContent':'" + "x".repeat(1_025) + "'");
      case CUSTOM_EMPTY -> sent("'skipType':3");
      case CUSTOM_LONG -> sent("'skipType':3,'skipContent':'" + "x".repeat(1_025) + "'");
      case NETWORK_TYPE -> sent("'networkType':'0'");
      case MAP_COUNT -> sent("'clientCustomMap':" + pairs(11));
      case MAP_PAIR -> sent("'clientCustomMap':{'k':[]}");
      case PAGE_EMPTY -> sent("'skipType':4");
      case PAGE_LONG -> sent("'skipType':4,'skipContent':'" + "x".repeat(1_025) + "'");
      case PUSH_QUOTA -> second(new VivoConfigBuilder().pushesPerDay(1), "/message/send");
      case HOURS -> {
        var night = new VivoConfig.OperationalHours(LocalTime.of(1, 0), LocalTime.of(2, 0));
        try (var fixture =
            new VivoFixture(new VivoConfigBuilder().operationalHours(night).build())) {
          yield fixture.send(fixture.phone("ada"), "");
        }
      }
      case TOO_FAST -> {
        try (var fixture = new VivoFixture()) {
          fixture.get("/search/msgStatus?taskIds=1");
          yield fixture.get("/search/msgStatus?taskIds=1");
        }
      }
      case AUTH_RATE -> {
        try (var fixture = new VivoFixture(new VivoConfigBuilder().authsPerSecond(1).build())) {
          yield fixture.authenticate();
        }
      }
      case OTHER_APP -> sent("'appId':20008");
      case CATEGORY -> sent("'category':'WEATHER'");
      case CATEGORY_CLASS -> sent("'category':'ORDER','classification':0");
      case REVIEW -> posted("/message/all", message("'title':'casino'"));
      case NO_LIST -> listed("");
      case TASK -> posted("/message/recycle", "{'taskId':1,'userType':1,'userIds':['1']}");
      case REG_IDS_COUNT -> listed(",'regIds':['1']");
      case ALIASES_COUNT -> listed(",'aliases':['a']");
      case APP_ID_EMPTY -> authorized("{}");
      case APP_KEY_EMPTY -> authorized("{\"appId\":10004}");
      case APP_KEY -> {
        try (var fixture = new VivoFixture()) {
          yield fixture.authenticate(VivoFixture.NUMBER, "nobodys", VivoFixture.SECRET);
        }
      }
      case TIMESTAMP_EMPTY -> authorized("{\"appId\":10004,\"appKey\":\"k\"}");
      case SIGN_EMPTY -> authorized("{\"appId\":10004,\"appKey\":\"k\",\"timestamp\":1}");
      case APP_ID -> {
        try (var fixture = new VivoFixture()) {
          yield fixture.authenticate("20008", VivoFixture.KEY, VivoFixture.SECRET);
        }
      }
      case SIGN -> {
        try (var fixture = new VivoFixture()) {
          yield fixture.authenticate(VivoFixture.NUMBER, VivoFixture.KEY, "wrong");
        }
      }
      case TIMESTAMP -> {
        try (var fixture = new VivoFixture()) {
          String body = fixture.authBody(VivoFixture.NUMBER, VivoFixture.KEY, VivoFixture.SECRET);
          fixture.clock.advance(Duration.ofMinutes(11));
          yield fixture.call("POST", "/message/auth", Headers.NONE, body);
        }
      }
      case LIST_QUOTA ->
          second(new VivoConfigBuilder().listPayloadsPerDay(1), "/message/saveListPayload");
      case BROADCAST_QUOTA -> second(new VivoConfigBuilder().broadcastsPerDay(1), "/message/all");
      case ALIAS -> posted("/message/send", message("'alias':'" + "x".repeat(71) + "'"));
      case REG_ID -> posted("/message/send", message("'regId':'1'"));
      case CALLBACK -> sent("'extra':{'callback':'http://x/" + "y".repeat(120) + "'}");
      case CALLBACK_PARAM -> sent("'extra':{'callback.param':'" + "y".repeat(65) + "'}");
      case REQUEST_ID_EMPTY -> sent("'requestId':''");
      case REQUEST_ID_LONG -> sent("'requestId':'" + "r".repeat(65) + "'");
      case TASK_IDS_COUNT -> got("/search/msgStatus?taskIds=" + "1,".repeat(101));
      case TASK_IDS_EMPTY -> got("/report/getStatistics");
      case TAG -> posted("/tag/add", "{}");
      case IDS_EMPTY -> posted("/invalidUser/check", "{'userType':1,'userIds':[]}");
      case IDS_COUNT -> posted("/invalidUser/check", "{'userType':1,'userIds':" + ids(101) + "}");
      case TYPE -> posted("/invalidUser/check", "{'userType':3,'userIds':['1']}");
      case CLASSIFICATION -> sent("'classification':2");
    };
  }

  private static String pairs(int count) {
    var pairs = new StringBuilder("{");
    for (int i = 0; i < count; i++) {
      pairs.append(i == 0 ? "" : ",").append('\'').append(i).append("':'v'");
    }
    return pairs.append('}').toString();
  }

  private static String ids(int count) {
    return "['1'" + ",'1'".repeat(count - 1) + "]";
  }

  private static String message(String more) {
    return "{'notifyType':1,'title':'t','content':'c','skipType':1,'requestId':'r'," + more + "}";
  }

  private static Reply got(String target) {
    try (var fixture = new VivoFixture()) {
      return fixture.get(target);
    }
  }

  private static Reply posted(String path, String body) {
    try (var fixture = new VivoFixture()) {
      return fixture.post(path, body);
    }
  }

  private static Reply sent(String more) {
    try (var fixture = new VivoFixture()) {
      return fixture.send(fixture.phone("ada"), more);
    }
  }

  private static Reply listed(String more) {
    try (var fixture = new VivoFixture()) {
      var task = fixture.saveListPayload();
      return fixture.post(
          "/message/pushToList", "{'requestId':'r','taskId':'%s'%s}".formatted(task, more));
    }
  }

  private static Reply authorized(String body) {
    try (var fixture = new VivoFixture()) {
      return fixture.call("POST", "/message/auth", Headers.NONE, body);
    }
  }

  /// Returns the reply to the second of two messages.
  private static Reply second(VivoConfigBuilder config, String path) {
    try (var fixture = new VivoFixture(config.build())) {
      String recipient = "'regId':'" + fixture.phone("ada").id() + "'";
      requireSuccess(fixture.post(path, fixture.message(recipient)));
      return fixture.post(path, fixture.message(recipient));
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyError_isProvokedByACall(VivoError error) {
    Reply reply = provoke(error);

    assertThat(json(reply).path("result").asText()).as(reply.body().text()).isEqualTo(error.code());
    assertThat(json(reply).path("result").isInt()).isTrue();
    assertThat(VivoFixture.desc(reply)).startsWith(error.text());
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.headers().get("Content-Type")).get().asString().contains("json");
  }

  @Test
  void codes_areUnique() {
    assertThat(Arrays.stream(VivoError.values()).map(VivoError::code)).doesNotHaveDuplicates();
  }
}
