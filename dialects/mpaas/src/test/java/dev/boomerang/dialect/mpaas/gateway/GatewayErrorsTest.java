// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.mpaas.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boomerang.dialect.mpaas.fixture.MpaasFixture;
import dev.boomerang.dialect.mpaas.fixture.SignedRequest;
import dev.boomerang.dialect.mpaas.fixture.SignedRequest.Answer;
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

  private MpaasFixture fixture = MpaasFixture.open();

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void error_hasItsFiveMembers_andTheRequestIdAgainAsAHeader() {
    Answer answer = fixture.pushSimple().withoutParam("AppId").send();

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
    SignedRequest push = fixture.pushSimple();

    assertThat(push.send(push.rpc(method, true, false)).outcome())
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
    missing(name, fixture.pushSimple().param(name, SignedRequest.ABSENT).send());
    missing(name, fixture.pushSimple().param(name, "").send());
  }

  private static void missing(String name, Answer answer) {
    assertThat(answer.outcome()).isEqualTo("400 Missing" + name);
    assertThat(answer.text("/Message")).isEqualTo(name + " is mandatory for this action.");
  }

  @Test
  void missingSignature_isNamed() {
    SignedRequest push = fixture.pushSimple();
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

    missing("Signature", push.send(unsigned));
  }

  @Test
  void nothingAtAll_isAnsweredInJson() {
    var call = new Call("GET", "/", "", Headers.NONE, Body.EMPTY, "", Map.of());

    Answer answer = new Answer(fixture.send(call));

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
    SignedRequest push = fixture.pushSimple();

    Answer answer = push.send(push.acs3(ALL_HEADERS, Map.of(header, SignedRequest.ABSENT)));

    assertThat(answer.outcome()).isEqualTo("400 Missing" + inCode);
    assertThat(answer.text("/Message")).isEqualTo(header + " is mandatory for this action.");
  }

  @ParameterizedTest
  @CsvSource({
    "Credential=k, AccessKeyId",
    "SignedHeaders=, SignedHeaders",
    "Signature=, Signature",
  })
  void incompleteAuthorization_isNamed(String part, String inCode) {
    SignedRequest push = fixture.pushSimple();
    Call call = push.acs3();
    String authorization =
        call.header("Authorization").orElseThrow().replace(part.replace("=k", "="), "Other=");

    assertThat(push.send(authorized(call, authorization)).outcome())
        .isEqualTo("400 Missing" + inCode);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ACS3-RSA-SHA256 Credential=a", "ACS3-", "ACS3-HMAC-SHA2561"})
  void unknownAcs3Algorithm_isInvalid(String authorization) {
    SignedRequest push = fixture.pushSimple();

    assertThat(push.send(authorized(push.acs3(), authorization)).outcome())
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
    SignedRequest push = fixture.pushSimple();
    List<String> signed = ALL_HEADERS.stream().filter(name -> !name.equals(header)).toList();

    assertThat(push.send(push.acs3(signed, Map.of())).outcome())
        .isEqualTo("400 InvalidSignedHeaders");
  }

  @Test
  void acs3BodyThatIsNotTheSignedOne_isRefused() {
    SignedRequest push = fixture.pushSimple();
    Call call = push.acs3();
    var changed =
        new Call("POST", "/", "", call.headers(), Body.of(call.body().text() + "1"), "", Map.of());

    Answer answer = push.send(changed);

    assertThat(answer.outcome()).isEqualTo("400 InvalidContentSha256");
    assertThat(answer.text("/Message"))
        .isEqualTo("Specified parameter x-acs-content-sha256 is not valid.");
  }

  @Test
  void unknownKey_isNotFound() {
    assertThat(fixture.pushSimple().param("AccessKeyId", "nobody").send().outcome())
        .isEqualTo("404 InvalidAccessKeyId.NotFound");
  }

  /// No store is asked for it: ours would refuse the text, and that would be a fault of ours.
  @Test
  void keyThatIsNoText_isNotFound() {
    assertThat(fixture.pushSimple().param("AccessKeyId", "a\0b").send().outcome())
        .isEqualTo("404 InvalidAccessKeyId.NotFound");
  }

  @Test
  void parameterThatIsNoText_isRefusedByItsName() {
    assertThat(fixture.pushSimple().param("Title", "a\0b").send().outcome())
        .isEqualTo("3028 INVALID_PARAM");
    assertThat(fixture.pushSimple().param("TargetMsgkey", "{\"a\\ud83d\":\"m\"}").send().outcome())
        .isEqualTo("3028 INVALID_PARAM");
    assertThat(fixture.pushSimple().param("Nobody\0s", "x").send().outcome())
        .isEqualTo("3028 INVALID_PARAM");
  }

  @Test
  void disabledKey_isInactive() {
    assertThat(
            fixture.pushSimple().param("AccessKeyId", MpaasFixture.INACTIVE_KEY).send().outcome())
        .isEqualTo("400 InvalidAccessKeyId.Inactive");
  }

  @Test
  void wrongSecret_isTold_inTheWordsClientsParse() {
    Answer answer = fixture.pushSimple().secret("wrong").send();

    assertThat(answer.outcome()).isEqualTo("400 SignatureDoesNotMatch");
    String[] parts = answer.text("/Message").split(":", -1);
    assertThat(parts).hasSize(2);
    assertThat(parts[0])
        .isEqualTo(
            "Specified signature is not matched with our calculation. server string to sign is");
    assertThat(parts[1]).startsWith("POST&%2F&AccessKeyId%3D").endsWith("WorkspaceId%3Dtest");
  }

  @Test
  void wrongSecret_inAcs3() {
    SignedRequest push = fixture.pushSimple().secret("wrong");

    Answer answer = push.send(push.acs3());

    assertThat(answer.outcome()).isEqualTo("400 SignatureDoesNotMatch");
    assertThat(answer.text("/Message"))
        .matches(
            "Specified signature does not match our calculation\\. server StringToSign is"
                + " \\[ACS3-HMAC-SHA256\n[0-9a-f]{64}]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"&Title=other", "&Extra=1"})
  void callThatWasAddedTo_doesNotMatch(String addition) {
    SignedRequest push = fixture.pushSimple();
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

    assertThat(push.send(changed).outcome()).isEqualTo("400 SignatureDoesNotMatch");
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
    assertThat(fixture.pushSimple().param("Timestamp", timestamp).send().outcome())
        .isEqualTo("400 InvalidTimeStamp.Format");
  }

  @Test
  void timestamp_isGoodForAQuarterOfAnHour_eitherWay() {
    for (long seconds : new long[] {-900, 900}) {
      assertThat(at(seconds).outcome()).isEqualTo("OK SUCCESS");
    }
    for (long seconds : new long[] {-901, 901, -86_400}) {
      assertThat(at(seconds).outcome()).isEqualTo("400 InvalidTimeStamp.Expired");
    }
  }

  private Answer at(long seconds) {
    return fixture
        .pushSimple()
        .param("Timestamp", MpaasFixture.START.plusSeconds(seconds).toString())
        .param("TargetMsgkey", "{\"u\":\"" + seconds + "\"}")
        .send();
  }

  @Test
  void acs3Date_isJudgedAlike() {
    SignedRequest push = fixture.pushSimple();

    assertThat(
            push.send(push.acs3(ALL_HEADERS, Map.of("x-acs-date", "2026-11-21T01:00:00Z")))
                .outcome())
        .isEqualTo("400 InvalidTimeStamp.Expired");
    assertThat(push.send(push.acs3(ALL_HEADERS, Map.of("x-acs-date", "today"))).outcome())
        .isEqualTo("400 InvalidTimeStamp.Format");
  }

  @Test
  void sameCallAgain_isARepeatedNonce() {
    SignedRequest push = fixture.pushSimple();
    Call rpc = push.rpc();
    Call acs3 = push.acs3();

    assertThat(push.send(rpc).outcome()).isEqualTo("OK SUCCESS");
    assertThat(push.send(rpc).outcome()).isEqualTo("400 SignatureNonceUsed");
    assertThat(push.send(acs3).outcome()).isEqualTo("OK SUCCESS");
    assertThat(push.send(acs3).outcome()).isEqualTo("400 SignatureNonceUsed");
  }

  @Test
  void nonceOfACallWithAWrongSignature_isNotUsedUp() {
    SignedRequest push = fixture.pushSimple().param("SignatureNonce", "n 1.5");

    assertThat(push.secret("wrong").send().outcome()).isEqualTo("400 SignatureDoesNotMatch");
    assertThat(push.send().outcome()).isEqualTo("OK SUCCESS");
    assertThat(push.send().outcome()).isEqualTo("400 SignatureNonceUsed");
  }

  @Test
  void nonce_belongsToItsKey() {
    fixture.pushSimple().param("SignatureNonce", "n").send();

    assertThat(
            fixture
                .otherAppAction("RevokePushMessage")
                .param("MessageId", "m")
                .param("TargetId", "t")
                .param("SignatureNonce", "n")
                .send()
                .outcome())
        .isEqualTo("3028 INVALID_PARAM");
  }

  @Test
  void nonce_isFreeOnceItsCallWouldBeTooOldAnyway() {
    SignedRequest push = fixture.pushSimple().param("SignatureNonce", "n");
    push.send();

    fixture.clock.advance(Duration.ofMinutes(25));

    assertThat(push.send().outcome()).isEqualTo("OK SUCCESS");
  }

  @ParameterizedTest
  @CsvSource({"SignatureMethod, HMAC-MD5", "SignatureVersion, 2.0", "Version, 2020-04-15"})
  void parameterOfAnUnknownKind_isInvalid(String name, String value) {
    Answer answer = fixture.pushSimple().param(name, value).send();

    assertThat(answer.outcome()).isEqualTo("400 Invalid" + name);
    assertThat(answer.text("/Message")).isEqualTo("Specified parameter " + name + " is not valid.");
  }

  @Test
  void unknownFormat_isToldInJson() {
    assertThat(fixture.pushSimple().param("Format", "YAML").send().outcome())
        .isEqualTo("400 InvalidParameter.Format");
  }

  @ParameterizedTest
  @ValueSource(strings = {"pushSimple", "NoSuchThing"})
  void unknownAction_isNotFound(String action) {
    Answer answer = fixture.pushSimple().param("Action", action).send();

    assertThat(answer.outcome()).isEqualTo("404 InvalidAction.NotFound");
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
      SignedRequest call = fixture.action(action);
      for (String name : names) {
        call = call.param(name, "1");
      }
      missing(absent, call.withoutParam(absent).send());
    }
  }

  @Test
  void tooManyCalls_areThrottled_andMaySendTheSameAgain() {
    fixture.close();
    fixture = MpaasFixture.open(MpaasFixture.config(1, 1_000));
    SignedRequest push = fixture.pushSimple();
    push.send();
    Call second = push.rpc();

    Answer throttled = push.send(second);
    fixture.clock.advance(Duration.ofSeconds(1));
    Answer again = push.send(second);

    assertThat(throttled.outcome()).isEqualTo("400 Throttling.User");
    assertThat(throttled.text("/Recommend")).isEqualTo("help");
    assertThat(again.outcome()).isEqualTo("OK SUCCESS");
  }

  @Test
  void moreNoncesThanThereIsRoomFor_areThrottled() {
    fixture.close();
    fixture = MpaasFixture.open(MpaasFixture.config(0, 1));

    String verdict = "OK SUCCESS";
    int calls = 0;
    while (verdict.equals("OK SUCCESS") && calls < 100) {
      verdict = fixture.pushSimple().send().outcome();
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
    assertThat(
            fixture.pushSimple().param("TargetMsgkey", "{\"user\\u0000\":\"m\"}").send().outcome())
        .startsWith("3028");
    assertThat(fixture.pushSimple().param("TaskName", "a\0b").send().outcome()).startsWith("3028");
  }

  private String verdictOver(RuntimeException fault) {
    fixture.close();
    var failingStore = new FailingStore();
    fixture = MpaasFixture.over(failingStore.store());
    failingStore.failWith(fault);
    String verdict = fixture.pushSimple().send().outcome();
    failingStore.recover();
    return verdict;
  }
}
