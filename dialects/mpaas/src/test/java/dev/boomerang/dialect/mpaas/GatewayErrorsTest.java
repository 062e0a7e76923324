// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.mpaas;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boomerang.dialect.mpaas.Caller.Answer;
import dev.boomerang.kit.fixture.FailingStore;
import dev.boomerang.port.StoreException;
import dev.boomerang.web.http.Body;
import dev.boomerang.web.http.Call;
import dev.boomerang.web.http.Headers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Every answer of the gateway's, each provoked.
class GatewayErrorsTest {
  private static final List<String> ALL_HEADERS =
      List.of(
          "content-type",
          "host",
          "x-acs-action",
          "x-acs-content-sha256",
          "x-acs-date",
          "x-acs-signature-nonce",
          "x-acs-version");

  private World world = World.open();

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void error_hasItsFiveMembers_andTheRequestIdAgainAsAHeader() {
    Answer answer = world.push().without("AppId").send();

    assertThat(answer.reply().status()).isEqualTo(400);
    assertThat(answer.json().fieldNames())
        .toIterable()
        .containsExactly("RequestId", "HostId", "Code", "Message", "Recommend");
    assertThat(answer.text("/RequestId"))
        .matches("[0-9A-F]{8}-[0-9A-F]{4}-4[0-9A-F]{3}-[89AB][0-9A-F]{3}-[0-9A-F]{12}");
    assertThat(answer.reply().headers().get("x-acs-request-id"))
        .hasValue(answer.text("/RequestId"));
    assertThat(answer.text("/HostId")).isEqualTo("push.example.com:7300");
    assertThat(answer.text("/Recommend")).isNotBlank();
  }

  @ParameterizedTest
  @ValueSource(strings = {"PUT", "DELETE", "PATCH", "OPTIONS"})
  void otherMethod_isUnsupported(String method) {
    Caller push = world.push();

    assertThat(push.answered(push.rpc(method, true, false)).verdict())
        .isEqualTo("400 UnsupportedHTTPMethod");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Action",
        "Version",
        "AccessKeyId",
        "SignatureMethod",
        "SignatureVersion",
        "SignatureNonce",
        "Timestamp"
      })
  void missingCommonParameter_isNamed(String name) {
    missing(name, world.push().with(name, Caller.ABSENT).send());
    missing(name, world.push().with(name, "").send());
  }

  private static void missing(String name, Answer answer) {
    assertThat(answer.verdict()).isEqualTo("400 Missing" + name);
    assertThat(answer.text("/Message")).isEqualTo(name + " is mandatory for this action.");
  }

  @Test
  void missingSignature_isNamed() {
    Caller push = world.push();
    Call call = push.rpc();
    var unsigned =
        new Call(
            "POST",
            "/",
            call.query().replace("Signature=", "Sgntr="),
            call.headers(),
            call.body(),
            "",
            Map.of());

    missing("Signature", push.answered(unsigned));
  }

  @Test
  void nothingAtAll_isAnsweredInJson() {
    var call = new Call("GET", "/", "", Headers.NONE, Body.EMPTY, "", Map.of());

    Answer answer = new Answer(world.send(call));

    missing("Action", answer);
    assertThat(answer.text("/HostId")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "x-acs-action, Action",
    "x-acs-version, Version",
    "x-acs-date, Timestamp",
    "x-acs-signature-nonce, SignatureNonce",
    "x-acs-content-sha256, ContentSha256"
  })
  void missingAcs3Header_isNamedAsTheClientKnowsIt(String header, String inCode) {
    Caller push = world.push();

    Answer answer = push.answered(push.acs3(ALL_HEADERS, Map.of(header, Caller.ABSENT)));

    assertThat(answer.verdict()).isEqualTo("400 Missing" + inCode);
    assertThat(answer.text("/Message")).isEqualTo(header + " is mandatory for this action.");
  }

  @ParameterizedTest
  @CsvSource({
    "Credential=k, AccessKeyId",
    "SignedHeaders=, SignedHeaders",
    "Signature=, Signature",
  })
  void incompleteAuthorization_isNamed(String part, String inCode) {
    Caller push = world.push();
    Call call = push.acs3();
    String authorization =
        call.header("Authorization").orElseThrow().replace(part.replace("=k", "="), "Other=");

    assertThat(push.answered(authorized(call, authorization)).verdict())
        .isEqualTo("400 Missing" + inCode);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ACS3-RSA-SHA256 Credential=a", "ACS3-", "ACS3-HMAC-SHA2561"})
  void unknownAcs3Algorithm_isInvalid(String authorization) {
    Caller push = world.push();

    assertThat(push.answered(authorized(push.acs3(), authorization)).verdict())
        .isEqualTo("400 InvalidSignatureMethod");
  }

  private static Call authorized(Call call, String authorization) {
    var fields =
        call.headers().fields().stream()
            .filter(field -> !field.getKey().equals("Authorization"))
            .toList();
    return new Call(
        "POST",
        "/",
        "",
        Headers.of(fields).with("Authorization", authorization),
        call.body(),
        "",
        Map.of());
  }

  @ParameterizedTest
  @ValueSource(strings = {"x-acs-action", "x-acs-version", "x-acs-date", "x-acs-signature-nonce"})
  void acs3HeaderThatIsNotSigned_isRefused(String header) {
    Caller push = world.push();
    List<String> signed = ALL_HEADERS.stream().filter(name -> !name.equals(header)).toList();

    assertThat(push.answered(push.acs3(signed, Map.of())).verdict())
        .isEqualTo("400 InvalidSignedHeaders");
  }

  @Test
  void acs3BodyThatIsNotTheSignedOne_isRefused() {
    Caller push = world.push();
    Call call = push.acs3();
    var changed =
        new Call("POST", "/", "", call.headers(), Body.of(call.body().text() + "1"), "", Map.of());

    Answer answer = push.answered(changed);

    assertThat(answer.verdict()).isEqualTo("400 InvalidContentSha256");
    assertThat(answer.text("/Message"))
        .isEqualTo("Specified parameter x-acs-content-sha256 is not valid.");
  }

  @Test
  void unknownKey_isNotFound() {
    assertThat(world.push().with("AccessKeyId", "nobody").send().verdict())
        .isEqualTo("404 InvalidAccessKeyId.NotFound");
  }

  /// No store is asked for it: ours would refuse the text, and that would be a fault of ours.
  @Test
  void keyThatIsNoText_isNotFound() {
    assertThat(world.push().with("AccessKeyId", "a\0b").send().verdict())
        .isEqualTo("404 InvalidAccessKeyId.NotFound");
  }

  @Test
  void parameterThatIsNoText_isRefusedByItsName() {
    assertThat(world.push().with("Title", "a\0b").send().verdict()).isEqualTo("3028 INVALID_PARAM");
    assertThat(world.push().with("TargetMsgkey", "{\"a\\ud83d\":\"m\"}").send().verdict())
        .isEqualTo("3028 INVALID_PARAM");
    assertThat(world.push().with("Nobody\0s", "x").send().verdict())
        .isEqualTo("3028 INVALID_PARAM");
  }

  @Test
  void disabledKey_isInactive() {
    assertThat(world.push().with("AccessKeyId", World.SLEEPING_KEY).send().verdict())
        .isEqualTo("400 InvalidAccessKeyId.Inactive");
  }

  @Test
  void wrongSecret_isTold_inTheWordsClientsParse() {
    Answer answer = world.push().signedWith("wrong").send();

    assertThat(answer.verdict()).isEqualTo("400 SignatureDoesNotMatch");
    String[] parts = answer.text("/Message").split(":", -1);
    assertThat(parts).hasSize(2);
    assertThat(parts[0])
        .isEqualTo(
            "Specified signature is not matched with our calculation. server string to sign is");
    assertThat(parts[1]).startsWith("POST&%2F&AccessKeyId%3D").endsWith("WorkspaceId%3Dtest");
  }

  @Test
  void wrongSecret_inAcs3() {
    Caller push = world.push().signedWith("wrong");

    Answer answer = push.answered(push.acs3());

    assertThat(answer.verdict()).isEqualTo("400 SignatureDoesNotMatch");
    assertThat(answer.text("/Message"))
        .matches(
            "Specified signature does not match our calculation\\. server StringToSign is"
                + " \\[ACS3-HMAC-SHA256\n[0-9a-f]{64}]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"&Title=other", "&Extra=1"})
  void callThatWasAddedTo_doesNotMatch(String addition) {
    Caller push = world.push();
    Call call = push.rpc();
    var changed =
        new Call(
            "POST",
            "/",
            call.query(),
            call.headers(),
            Body.of(call.body().text() + addition),
            "",
            Map.of());

    assertThat(push.answered(changed).verdict()).isEqualTo("400 SignatureDoesNotMatch");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-11-21 00:20:00",
        "2026-11-21T00:20:00",
        "2026-11-21T00:20:00+08:00",
        "2026-13-21T00:20:00Z",
        "2026-02-30T00:20:00Z",
        "2026-11-21T24:20:00Z",
        "1795220400000",
        "now"
      })
  void timestampOfAnotherForm_isRefused(String timestamp) {
    assertThat(world.push().with("Timestamp", timestamp).send().verdict())
        .isEqualTo("400 InvalidTimeStamp.Format");
  }

  @Test
  void timestamp_isGoodForAQuarterOfAnHour_eitherWay() {
    for (long seconds : new long[] {-900, 900}) {
      assertThat(at(seconds).verdict()).isEqualTo("OK SUCCESS");
    }
    for (long seconds : new long[] {-901, 901, -86_400}) {
      assertThat(at(seconds).verdict()).isEqualTo("400 InvalidTimeStamp.Expired");
    }
  }

  private Answer at(long seconds) {
    return world
        .push()
        .with("Timestamp", World.START.plusSeconds(seconds).toString())
        .with("TargetMsgkey", "{\"u\":\"" + seconds + "\"}")
        .send();
  }

  @Test
  void acs3Date_isJudgedAlike() {
    Caller push = world.push();

    assertThat(
            push.answered(push.acs3(ALL_HEADERS, Map.of("x-acs-date", "2026-11-21T01:00:00Z")))
                .verdict())
        .isEqualTo("400 InvalidTimeStamp.Expired");
    assertThat(push.answered(push.acs3(ALL_HEADERS, Map.of("x-acs-date", "today"))).verdict())
        .isEqualTo("400 InvalidTimeStamp.Format");
  }

  @Test
  void sameCallAgain_isARepeatedNonce() {
    Caller push = world.push();
    Call rpc = push.rpc();
    Call acs3 = push.acs3();

    assertThat(push.answered(rpc).verdict()).isEqualTo("OK SUCCESS");
    assertThat(push.answered(rpc).verdict()).isEqualTo("400 SignatureNonceUsed");
    assertThat(push.answered(acs3).verdict()).isEqualTo("OK SUCCESS");
    assertThat(push.answered(acs3).verdict()).isEqualTo("400 SignatureNonceUsed");
  }

  @Test
  void nonceOfACallWithAWrongSignature_isNotUsedUp() {
    Caller push = world.push().with("SignatureNonce", "n 1.5");

    assertThat(push.signedWith("wrong").send().verdict()).isEqualTo("400 SignatureDoesNotMatch");
    assertThat(push.send().verdict()).isEqualTo("OK SUCCESS");
    assertThat(push.send().verdict()).isEqualTo("400 SignatureNonceUsed");
  }

  @Test
  void nonce_belongsToItsKey() {
    world.push().with("SignatureNonce", "n").send();

    assertThat(
            world
                .otherCall("RevokePushMessage")
                .with("MessageId", "m")
                .with("TargetId", "t")
                .with("SignatureNonce", "n")
                .send()
                .verdict())
        .isEqualTo("3028 INVALID_PARAM");
  }

  @Test
  void nonce_isFreeOnceItsCallWouldBeTooOldAnyway() {
    Caller push = world.push().with("SignatureNonce", "n");
    push.send();

    world.clock.advance(Duration.ofMinutes(25));

    assertThat(push.send().verdict()).isEqualTo("OK SUCCESS");
  }

  @ParameterizedTest
  @CsvSource({"SignatureMethod, HMAC-MD5", "SignatureVersion, 2.0", "Version, 2020-04-15"})
  void parameterOfAnUnknownKind_isInvalid(String name, String value) {
    Answer answer = world.push().with(name, value).send();

    assertThat(answer.verdict()).isEqualTo("400 Invalid" + name);
    assertThat(answer.text("/Message")).isEqualTo("Specified parameter " + name + " is not valid.");
  }

  @Test
  void unknownFormat_isToldInJson() {
    assertThat(world.push().with("Format", "YAML").send().verdict())
        .isEqualTo("400 InvalidParameter.Format");
  }

  @ParameterizedTest
  @ValueSource(strings = {"pushSimple", "NoSuchThing"})
  void unknownAction_isNotFound(String action) {
    Answer answer = world.push().with("Action", action).send();

    assertThat(answer.verdict()).isEqualTo("404 InvalidAction.NotFound");
    assertThat(answer.text("/Message"))
        .isEqualTo("Specified api is not found, please check your url and method.");
  }

  @ParameterizedTest
  @CsvSource({
    "PushSimple, AppId WorkspaceId DeliveryType ExpiredSeconds Title Content TargetMsgkey",
    "PushTemplate, AppId WorkspaceId DeliveryType ExpiredSeconds TemplateName TargetMsgkey",
    "PushMultiple, AppId WorkspaceId DeliveryType ExpiredSeconds TemplateName",
    "PushBroadcast, AppId WorkspaceId DeliveryType ExpiredSeconds TemplateName Msgkey",
    "CreateTemplate, AppId WorkspaceId",
    "GetTemplate, AppId WorkspaceId",
    "ListTemplatePage, AppId WorkspaceId",
    "DeleteTemplate, AppId WorkspaceId",
    "RevokePushMessage, AppId WorkspaceId MessageId TargetId",
    "RevokePushTask, AppId WorkspaceId TaskId",
    "PushBind, AppId WorkspaceId DeliveryToken OsType UserId",
    "PushUnBind, AppId WorkspaceId DeliveryToken UserId",
    "PushReport, AppId WorkspaceId DeliveryToken OsType",
    "PushQueryDeviceState, AppId WorkspaceId TargetType Target",
  })
  void missingMandatoryParameter_isNamed(String action, String mandatory) {
    String[] names = mandatory.split(" ", -1);
    for (String absent : names) {
      Caller call = world.call(action);
      for (String name : names) {
        call = call.with(name, "1");
      }
      missing(absent, call.without(absent).send());
    }
  }

  @Test
  void tooManyCalls_areThrottled_andMaySendTheSameAgain() {
    world.close();
    world = World.open(World.config(1, 1_000));
    Caller push = world.push();
    push.send();
    Call second = push.rpc();

    Answer throttled = push.answered(second);
    world.clock.advance(Duration.ofSeconds(1));
    Answer again = push.answered(second);

    assertThat(throttled.verdict()).isEqualTo("400 Throttling.User");
    assertThat(throttled.text("/Recommend")).isEqualTo("help");
    assertThat(again.verdict()).isEqualTo("OK SUCCESS");
  }

  @Test
  void moreNoncesThanThereIsRoomFor_areThrottled() {
    world.close();
    world = World.open(World.config(0, 1));

    String verdict = "OK SUCCESS";
    int calls = 0;
    while (verdict.equals("OK SUCCESS") && calls < 100) {
      verdict = world.push().send().verdict();
      calls++;
    }

    assertThat(verdict).isEqualTo("400 Throttling.User");
    assertThat(calls).isGreaterThan(1);
  }

  @Test
  void faultOnOurSide_isInternal() {
    assertThat(verdictOver(new IllegalStateException("a fault of ours")))
        .isEqualTo("500 InternalError");
  }

  @Test
  void storeWithoutAnAnswer_isServiceUnavailable() {
    assertThat(verdictOver(new StoreException("gone", new IllegalStateException())))
        .isEqualTo("503 ServiceUnavailable");
  }

  @Test
  void zeroCharacter_isRefusedByName() {
    assertThat(world.push().with("TargetMsgkey", "{\"user\\u0000\":\"m\"}").send().verdict())
        .startsWith("3028");
    assertThat(world.push().with("TaskName", "a\0b").send().verdict()).startsWith("3028");
  }

  private String verdictOver(RuntimeException fault) {
    world.close();
    var failingStore = new FailingStore();
    world = World.over(failingStore.store());
    failingStore.failWith(fault);
    String verdict = world.push().send().verdict();
    failingStore.recover();
    return verdict;
  }
}
