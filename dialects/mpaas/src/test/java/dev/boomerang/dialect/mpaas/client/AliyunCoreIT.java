// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.mpaas.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.aliyuncs.CommonRequest;
import com.aliyuncs.DefaultAcsClient;
import com.aliyuncs.auth.SignatureVersion;
import com.aliyuncs.auth.signers.SignatureAlgorithm;
import com.aliyuncs.exceptions.ClientException;
import com.aliyuncs.http.FormatType;
import com.aliyuncs.http.MethodType;
import com.aliyuncs.http.ProtocolType;
import com.aliyuncs.profile.DefaultProfile;
import com.fasterxml.jackson.databind.JsonNode;
import dev.boomerang.dialect.mpaas.fixture.ActionCall;
import dev.boomerang.dialect.mpaas.fixture.DialectHttpServer;
import dev.boomerang.dialect.mpaas.fixture.MpaasFixture;
import dev.boomerang.model.app.AppId;
import dev.boomerang.web.field.Json;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// aliyun-java-sdk-core as it comes from Maven Central, pointed at another endpoint.
class AliyunCoreIT {
  private static final Map<String, String> PUSH =
      Map.of(
          "TaskName", "测试任务",
          "DeliveryType", "3",
          "ExpiredSeconds", "300",
          "Title", "测试 a+b*c~d/e&f=g%h",
          "Content", "内容",
          "TargetMsgkey", "{\"user1024\":\"m1\"}");

  private MpaasFixture fixture = MpaasFixture.openAt(Instant.now());
  private DialectHttpServer bridge;

  AliyunCoreIT() throws IOException {
    bridge = new DialectHttpServer(fixture);
  }

  @BeforeEach
  void device() {
    fixture.register("devtoken1", "user1024");
  }

  @AfterEach
  void close() {
    bridge.close();
    fixture.close();
  }

  @Test
  void commonRequest_pushes_bindsAndRevokes() throws ClientException {
    var client = client(MpaasFixture.KEY, MpaasFixture.SECRET);

    JsonNode pushed = send(client, common("PushSimple", PUSH));
    JsonNode revoked =
        send(
            client, common("RevokePushMessage", Map.of("MessageId", "m1", "TargetId", "user1024")));
    JsonNode bound =
        send(
            client,
            common(
                "PushBind", Map.of("DeliveryToken", "devtoken1", "OsType", "1", "UserId", "张三")));

    assertThat(pushed.path("ResultCode").asText()).isEqualTo("OK");
    assertThat(fixture.task(pushed.at("/PushResult/Data").asText()).content())
        .hasFieldOrPropertyWithValue("title", "测试 a+b*c~d/e&f=g%h");
    assertThat(revoked.at("/PushResult/Success").asBoolean()).isTrue();
    assertThat(bound.path("ResultCode").asText()).isEqualTo("OK");
    assertThat(fixture.engine.registrations().ofUser(new AppId(MpaasFixture.APP), "张三")).hasSize(1);
  }

  @Test
  void commonRequest_mayGetWithEverythingInTheQuery() throws ClientException {
    CommonRequest request = common("PushSimple", Map.of());
    request.setSysMethod(MethodType.GET);
    PUSH.forEach(request::putQueryParameter);

    assertThat(
            send(client(MpaasFixture.KEY, MpaasFixture.SECRET), request)
                .path("ResultCode")
                .asText())
        .isEqualTo("OK");
  }

  @Test
  void commonRequest_maySignWithAcs3() throws ClientException {
    CommonRequest request = common("PushSimple", PUSH);
    request.setSysSignatureVersion(SignatureVersion.V3);
    request.setSysSignatureAlgorithm(SignatureAlgorithm.ACS3_HMAC_SHA256);

    assertThat(
            send(client(MpaasFixture.KEY, MpaasFixture.SECRET), request)
                .path("ResultCode")
                .asText())
        .isEqualTo("OK");
  }

  static List<ActionCall> calls() {
    return ActionCall.all();
  }

  @ParameterizedTest
  @MethodSource("calls")
  void commonRequest_getsEveryActionAnswered(ActionCall call) throws ClientException {
    ActionCall here = call.in(fixture);

    JsonNode answer =
        send(client(MpaasFixture.KEY, MpaasFixture.SECRET), common(here.action(), here.form()));

    here.check(answer);
  }

  @ParameterizedTest
  @MethodSource("calls")
  void typedRequest_readsEveryAnswer_inJson(ActionCall call) throws ClientException {
    readsItsAnswer(call, FormatType.JSON);
  }

  @ParameterizedTest
  @MethodSource("calls")
  void typedRequest_readsEveryAnswer_inXml(ActionCall call) throws ClientException {
    readsItsAnswer(call, FormatType.XML);
  }

  private void readsItsAnswer(ActionCall call, FormatType format) throws ClientException {
    ActionCall here = call.in(fixture);
    var request = new GenericRequest(here.action(), here.form(), bridge.endpoint());
    request.setSysAcceptFormat(format);

    GenericResponse response =
        client(MpaasFixture.KEY, MpaasFixture.SECRET).getAcsResponse(request);

    here.expected().forEach((pointer, value) -> assertThat(response.at(pointer)).hasValue(value));
  }

  @Test
  void refusal_isANormalReturn_thatNamesTheParameter() throws ClientException {
    var request = new GenericRequest("PushSimple", PUSH, bridge.endpoint());
    request.put("Silent", "消息=2");

    GenericResponse response =
        client(MpaasFixture.KEY, MpaasFixture.SECRET).getAcsResponse(request);

    assertThat(response.at("/ResultCode")).hasValue("3028");
    assertThat(response.at("/ResultMessage")).hasValue("INVALID_PARAM");
    assertThat(response.at("/PushResult/Success")).hasValue("false");
    assertThat(response.at("/PushResult/ResultMsg"))
        .hasValue("INVALID_PARAM: Silent must be a whole number from 0 to 1");
  }

  @Test
  void wrongSecret_isWhatTheClientTellsItsUser() {
    var client = client(MpaasFixture.KEY, "wrong");
    var typed = new GenericRequest("PushSimple", PUSH, bridge.endpoint());

    assertThatThrownBy(() -> client.getAcsResponse(typed))
        .isInstanceOfSatisfying(
            ClientException.class,
            e -> assertThat(e.getErrCode()).isEqualTo("SDK.InvalidAccessKeySecret"));
    assertThatThrownBy(() -> client.getCommonResponse(common("PushSimple", PUSH)))
        .isInstanceOfSatisfying(
            ClientException.class,
            e -> assertThat(e.getErrCode()).isEqualTo("SignatureDoesNotMatch"));
  }

  @Test
  void unknownKey_isNotFound() {
    var client = client("noSuchKey", "x");

    assertThatThrownBy(() -> client.getCommonResponse(common("PushSimple", PUSH)))
        .isInstanceOfSatisfying(
            ClientException.class,
            e -> {
              assertThat(e.getErrCode()).isEqualTo("InvalidAccessKeyId.NotFound");
              assertThat(e.getErrMsg()).isEqualTo("Specified access key is not found.");
              assertThat(e.getRequestId()).hasSize(36);
            });
  }

  @Test
  void tooManyCalls_areThrottled() throws IOException, ClientException {
    close();
    var config = MpaasFixture.config(1, 1_000);
    fixture = MpaasFixture.openAt(Instant.now(), config);
    bridge = new DialectHttpServer(fixture);
    var client = client(MpaasFixture.KEY, MpaasFixture.SECRET);
    send(client, common("PushSimple", PUSH));

    assertThatThrownBy(() -> client.getCommonResponse(common("PushSimple", PUSH)))
        .isInstanceOfSatisfying(
            ClientException.class, e -> assertThat(e.getErrCode()).isEqualTo("Throttling.User"));
  }

  private static DefaultAcsClient client(String keyId, String secret) {
    return new DefaultAcsClient(DefaultProfile.getProfile("cn-hangzhou", keyId, secret));
  }

  private CommonRequest common(String action, Map<String, String> form) {
    var request = new CommonRequest();
    request.setSysDomain(bridge.endpoint());
    request.setSysProtocol(ProtocolType.HTTP);
    request.setSysVersion("2019-08-21");
    request.setSysAction(action);
    request.setSysMethod(MethodType.POST);
    request.putQueryParameter("AppId", MpaasFixture.APP);
    request.putQueryParameter("WorkspaceId", MpaasFixture.WORKSPACE);
    form.forEach(request::putBodyParameter);
    return request;
  }

  private static JsonNode send(DefaultAcsClient client, CommonRequest request)
      throws ClientException {
    return Json.read(client.getCommonResponse(request).getData()).orElseThrow();
  }
}
