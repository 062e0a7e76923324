// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.boomerang.model.push.TaskId;
import dev.boomerang.model.registration.Platform;
import dev.boomerang.model.registration.Registration;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Tests pushes to lists and apps: a message is stored, then sent by its name.
class TwoStepTest {
  private final WireFixture wire = new WireFixture();
  private final Registration ada = wire.fixture.android("ada", "t1");
  private final Registration bob = wire.fixture.phone(Platform.IOS, Optional.of("bob"), "t2");

  @AfterEach
  void close() {
    wire.close();
  }

  @Test
  void list_getsTheMessage_inAsManyCallsAsItTakes_once() {
    String content = wire.list(WireFixture.text("x"));
    assertThat(content).matches("OSL-0101_[0-9a-f]{32}");

    JsonNode first = wire.toList(content, WireFixture.quoted(ada), ",'needDetails':true");
    wire.toList(content, WireFixture.quoted(ada, bob), "");
    JsonNode again = wire.toList(content, WireFixture.quoted(ada), ",'needDetails':true");

    assertThat(first.path("contentId").asText()).isEqualTo(content);
    assertThat(first.path("details").path(ada.id().value()).asText())
        .isEqualTo("successed_offline");
    assertThat(again).isEqualTo(first);
    assertThat(wire.fixture.tasks(ada)).containsExactly(WireFixture.number(content));
    assertThat(wire.fixture.tasks(bob)).containsExactly(WireFixture.number(content));
  }

  @Test
  void list_hasDetails_onlyIfTheyAreAskedFor() {
    String content = wire.list(WireFixture.text("x"));
    String both = ",'aliasList':['bob','nobody']";

    JsonNode silent = wire.toList(content, WireFixture.quoted(ada), both);
    JsonNode answer =
        wire.toList(
            content,
            WireFixture.quoted(ada) + ",'00000000000000000000000'",
            both + ",'needDetails':'true','needAliasDetails':1");

    assertThat(silent.has("details")).isFalse();
    assertThat(silent.has("aliasDetails")).isFalse();
    assertThat(answer.path("details")).hasSize(2);
    assertThat(answer.path("details").path("00000000000000000000000").asText())
        .isEqualTo("successed_ignore");
    assertThat(answer.path("aliasDetails")).hasSize(1);
    assertThat(answer.path("aliasDetails").path(bob.id().value()).asText())
        .isEqualTo("successed_offline");
    assertThat(wire.fixture.tasks(bob)).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "1000, \"\", ok",
        "1001, \"\", Error",
        "1001, \",'async':true,'needDetails':true\", Error",
        "1001, \",'async':true\", ok"
      })
  void list_hasItsLimit(int count, String more, String result) {
    String content = wire.list(WireFixture.text("x"));
    String cids = ",'00000000000000000000000'".repeat(count - 1);

    assertThat(wire.toList(content, WireFixture.quoted(ada) + cids, more).path("result").asText())
        .isEqualTo(result);
  }

  @Test
  void listByTag_reachesWhoHasTheTag() {
    String content = wire.list(WireFixture.text("x"));
    String cids = "'clientIdList':[{'%s':'t1'},{'%s':'t1'}]".formatted(ada.id(), bob.id());

    JsonNode answer =
        wire.call(
            "pushMessageToListByTagAction",
            WireFixture.APP + "'contentId':'" + content + "'," + cids);

    assertThat(answer.path("result").asText()).isEqualTo("ok");
    assertThat(wire.fixture.tasks(ada)).hasSize(1);
    assertThat(wire.fixture.tasks(bob)).isEmpty();
  }

  @Test
  void app_getsTheMessage_withTheSecondCall_once() {
    JsonNode prepared = wire.prepare(WireFixture.text("x"), "");
    String content = prepared.path("contentId").asText();
    assertThat(content).matches("OSA-0101_[0-9a-f]{32}");
    assertThat(wire.fixture.tasks(ada)).isEmpty();

    JsonNode first = wire.launch(content);
    JsonNode again = wire.launch(content);

    assertThat(first.path("contentId").asText()).isEqualTo(content);
    assertThat(first.path("result").asText()).isEqualTo("ok");
    assertThat(again).isEqualTo(first);
    assertThat(wire.fixture.tasks(ada)).hasSize(1);
    assertThat(wire.fixture.tasks(bob)).hasSize(1);
  }

  /// Checks whom conditions and the older lists pick: `a` is Android with t1, `b` iOS with t2.
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "\"'conditions':[{'key':'phoneType','values':['ANDROID'],'optType':0}]\", a",
        "\"'conditions':[{'key':'phoneType','values':['ANDROID','IOS']}]\", ab",
        "\"'conditions':[{'key':'tag','values':['t1','t2'],'optType':1}]\", \"\"",
        "\"'conditions':[{'key':'tag','values':['t1'],'optType':'2'}]\", b",
        "\"'conditions':[{'key':'phoneType','values':['IOS']},{'key':'tag','values':['t1']}]\","
            + " \"\"",
        "\"'conditions':[],'phoneTypeList':null\", ab",
        "\"'phoneTypeList':['ANDROID'],'provinceList':[],'tagList':null\", a",
        "\"'tagList':['t1','t2']\", ab",
        "\"'tagList':['t1','t2'],'phoneTypeList':['IOS']\", b",
      })
  void app_isNarrowedByConditions(String conditions, String who) {
    String content =
        wire.prepare(WireFixture.text("x"), "," + conditions).path("contentId").asText();

    String result = wire.launch(content).path("result").asText();

    assertThat(result).isEqualTo(who.isEmpty() ? "AppIdNoUsers" : "ok");
    assertThat(wire.fixture.tasks(ada)).hasSize(who.contains("a") ? 1 : 0);
    assertThat(wire.fixture.tasks(bob)).hasSize(who.contains("b") ? 1 : 0);
  }

  @Test
  void app_withSpeed_isSentAtThatRate() {
    String content = wire.prepare(WireFixture.text("x"), ",'speed':100").path("contentId").asText();

    assertThat(wire.launch(content).path("result").asText()).isEqualTo("ok");
  }

  @Test
  void tag_isReachedInOneCall_once() {
    String fields =
        "'appIdList':['appIdX'],'requestId':'r','tag':'t1','speed':0," + WireFixture.text("x");

    JsonNode first = wire.call("pushMessageByTagAction", fields);
    JsonNode again = wire.call("pushMessageByTagAction", fields);

    assertThat(first.path("result").asText()).isEqualTo("ok");
    assertThat(again).isEqualTo(first);
    assertThat(wire.fixture.tasks(ada))
        .containsExactly(WireFixture.number(first.path("contentId").asText()));
    assertThat(wire.fixture.tasks(bob)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"stopTaskAction", "cancleContentIdAction"})
  void stoppedList_acceptsNoTargets(String action) {
    String content = wire.list(WireFixture.text("x"));
    wire.toList(content, WireFixture.quoted(ada), "");

    assertThat(wire.reply(action, "'contentId':'" + content + "'").body().text())
        .isEqualTo("{\"result\":\"ok\"}");

    assertThat(wire.fixture.tasks(ada)).isEmpty();
    assertThat(wire.toList(content, WireFixture.quoted(bob), "").path("result").asText())
        .isEqualTo("TaskIdHasBeanCanceled");
    assertThat(wire.result(action, "'contentId':'" + content + "'")).isEqualTo("ok");
    assertThat(wire.fixture.tasks(bob)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"stopTaskAction", "cancleContentIdAction"})
  void cancelledApp_isNotSent(String action) {
    String content = wire.prepare(WireFixture.text("x"), "").path("contentId").asText();

    assertThat(wire.result(action, "'contentId':'" + content + "'")).isEqualTo("ok");

    assertThat(wire.launch(content).path("result").asText()).isEqualTo("TaskIdHasBeanCanceled");
    assertThat(wire.fixture.tasks(ada)).isEmpty();
  }

  @Test
  void stoppedApp_reachesNobodyAnyMore() {
    String content = wire.prepare(WireFixture.text("x"), "").path("contentId").asText();
    wire.launch(content);

    assertThat(wire.result("stopTaskAction", "'contentId':'" + content + "'")).isEqualTo("ok");

    assertThat(wire.fixture.tasks(ada)).isEmpty();
  }

  @Test
  void contentOfAnotherApp_isUnknown() {
    String content = wire.list(WireFixture.text("x"));
    try (var other = new WireFixture()) {
      assertThat(other.toList(content, "'00000000000000000000000'", "").path("result").asText())
          .isEqualTo("NullMsgCommon");
    }
    List<TaskId> nobody = wire.fixture.tasks(ada);
    assertThat(nobody).isEmpty();
  }

  @Test
  void list_expires() {
    String content = wire.list(WireFixture.text("x"));

    wire.fixture.clock.advance(Duration.ofMinutes(61));
    wire.logIn();

    assertThat(wire.toList(content, WireFixture.quoted(ada), "").path("result").asText())
        .isEqualTo("TaskIdHasBeanCanceled");
  }
}
