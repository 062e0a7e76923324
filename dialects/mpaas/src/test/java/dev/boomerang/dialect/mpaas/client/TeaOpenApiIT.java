// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.mpaas.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.aliyun.tea.TeaException;
import com.aliyun.teaopenapi.Client;
import com.aliyun.teaopenapi.models.Config;
import com.aliyun.teaopenapi.models.OpenApiRequest;
import com.aliyun.teaopenapi.models.Params;
import com.aliyun.teautil.Common;
import com.aliyun.teautil.models.RuntimeOptions;
import com.fasterxml.jackson.databind.JsonNode;
import dev.boomerang.dialect.mpaas.fixture.ActionCall;
import dev.boomerang.dialect.mpaas.fixture.DialectHttpServer;
import dev.boomerang.dialect.mpaas.fixture.MpaasFixture;
import dev.boomerang.web.field.Json;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// com.aliyun:tea-openapi, the transport of com.aliyun:mpaas20201028, pointed at another endpoint.
class TeaOpenApiIT {
  private static final Map<String, Object> PUSH =
      Map.of(
          "TaskName", "测试任务",
          "DeliveryType", 3,
          "ExpiredSeconds", 300,
          "Title", "测试 a+b*c~d/e&f=g%h",
          "Content", "内容",
          "TransparentMessagePayload", Map.of("hms", Map.of("k", "v")),
          "TargetMsgkey", "{\"user1024\":\"m1\"}");

  private MpaasFixture fixture = MpaasFixture.openAt(Instant.now());
  private DialectHttpServer bridge;

  TeaOpenApiIT() throws IOException {
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
  void client_pushes_bindsAndRevokes() throws Exception {
    Client client = client(MpaasFixture.KEY, MpaasFixture.SECRET);

    JsonNode pushed = call(client, "PushSimple", PUSH);
    JsonNode revoked =
        call(client, "RevokePushMessage", Map.of("MessageId", "m1", "TargetId", "user1024"));
    JsonNode bound =
        call(client, "PushBind", Map.of("DeliveryToken", "devtoken1", "OsType", 1, "UserId", "张三"));
    JsonNode state = call(client, "PushQueryDeviceState", Map.of("TargetType", 2, "Target", "张三"));

    assertThat(pushed.path("ResultCode").asText()).isEqualTo("OK");
    var task = fixture.task(pushed.at("/PushResult/Data").asText());
    assertThat(task.content()).hasFieldOrPropertyWithValue("title", "测试 a+b*c~d/e&f=g%h");
    assertThat(task.vendorHints())
        .isEqualTo(Map.of("TransparentMessagePayload", "{\"hms\":{\"k\":\"v\"}}"));
    assertThat(revoked.path("ResultCode").asText()).isEqualTo("OK");
    assertThat(bound.path("ResultCode").asText()).isEqualTo("OK");
    assertThat(state.at("/Data/Statue").asText()).isEqualTo("OFFLINE");
  }

  static List<ActionCall> calls() {
    return ActionCall.all();
  }

  @ParameterizedTest
  @MethodSource("calls")
  void client_getsEveryActionAnswered(ActionCall call) throws Exception {
    ActionCall here = call.in(fixture);

    JsonNode answer =
        call(
            client(MpaasFixture.KEY, MpaasFixture.SECRET),
            here.action(),
            new HashMap<>(here.form()));

    here.check(answer);
  }

  @Test
  void wrongSecret_doesNotMatch() throws Exception {
    Client client = client(MpaasFixture.KEY, "wrong");

    assertThatThrownBy(() -> call(client, "PushSimple", PUSH))
        .isInstanceOfSatisfying(
            TeaException.class,
            e -> {
              assertThat(e.getCode()).isEqualTo("SignatureDoesNotMatch");
              assertThat(e.getMessage()).contains("server StringToSign is [ACS3-HMAC-SHA256\n");
            });
  }

  @Test
  void unknownKey_isNotFound() throws Exception {
    Client client = client("noSuchKey", "x");

    assertThatThrownBy(() -> call(client, "PushSimple", PUSH))
        .isInstanceOfSatisfying(
            TeaException.class,
            e -> assertThat(e.getCode()).isEqualTo("InvalidAccessKeyId.NotFound"));
  }

  @Test
  void tooManyCalls_areThrottled() throws Exception {
    close();
    var config = MpaasFixture.config(1, 1_000);
    fixture = MpaasFixture.openAt(Instant.now(), config);
    bridge = new DialectHttpServer(fixture);
    Client client = client(MpaasFixture.KEY, MpaasFixture.SECRET);
    call(client, "PushSimple", PUSH);

    assertThatThrownBy(() -> call(client, "PushSimple", PUSH))
        .isInstanceOfSatisfying(
            TeaException.class, e -> assertThat(e.getCode()).isEqualTo("Throttling.User"));
  }

  private Client client(String keyId, String secret) throws Exception {
    return new Client(
        new Config()
            .setAccessKeyId(keyId)
            .setAccessKeySecret(secret)
            .setEndpoint(bridge.endpoint())
            .setProtocol("HTTP"));
  }

  private static JsonNode call(Client client, String action, Map<String, Object> form)
      throws Exception {
    var params =
        new Params()
            .setAction(action)
            .setVersion("2020-10-28")
            .setProtocol("HTTP")
            .setPathname("/")
            .setMethod("POST")
            .setAuthType("AK")
            .setStyle("RPC")
            .setReqBodyType("formData")
            .setBodyType("json");
    var all = new HashMap<String, Object>(form);
    all.put("AppId", MpaasFixture.APP);
    all.put("WorkspaceId", MpaasFixture.WORKSPACE);
    var request = new OpenApiRequest().setBody(com.aliyun.openapiutil.Client.query(all));
    Object body = client.callApi(params, request, new RuntimeOptions()).get("body");
    return Json.read(Common.toJSONString(body)).orElseThrow();
  }
}
