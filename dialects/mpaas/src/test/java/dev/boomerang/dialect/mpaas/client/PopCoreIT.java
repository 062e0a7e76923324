// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.mpaas.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.dialect.mpaas.fixture.ActionCall;
import dev.boomerang.dialect.mpaas.fixture.DialectHttpServer;
import dev.boomerang.dialect.mpaas.fixture.MpaasFixture;
import dev.boomerang.kit.fixture.NodeJs;
import dev.boomerang.web.field.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// @alicloud/pop-core, the client that sends any action from Node.js, pointed at another endpoint.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PopCoreIT {
  private Process node;
  private BufferedReader said;
  private Writer tell;
  private MpaasFixture fixture;
  private DialectHttpServer bridge;

  @BeforeAll
  void start() throws IOException {
    node = NodeJs.with("@alicloud/pop-core", "1.8.0", PopCoreIT.class, "popcore.mjs").start();
    said = node.inputReader(UTF_8);
    tell = node.outputWriter(UTF_8);
    open();
  }

  private void open() throws IOException {
    fixture = MpaasFixture.openAt(Instant.now());
    bridge = new DialectHttpServer(fixture);
  }

  @AfterEach
  void next() throws IOException {
    closeFixture();
    open();
  }

  private void closeFixture() {
    bridge.close();
    fixture.close();
  }

  @AfterAll
  void close() {
    closeFixture();
    node.destroy();
  }

  static List<ActionCall> calls() {
    return ActionCall.all();
  }

  @ParameterizedTest
  @MethodSource("calls")
  void everyAction_isAnswered_byPost(ActionCall call) throws IOException {
    answered(call, "POST");
  }

  /// Its default.
  @ParameterizedTest
  @MethodSource("calls")
  void everyAction_isAnswered_byGet(ActionCall call) throws IOException {
    answered(call, "GET");
  }

  private void answered(ActionCall call, String method) throws IOException {
    ActionCall here = call.in(fixture);

    JsonNode came = send(here, MpaasFixture.SECRET, method, "100");

    assertThat(came.has("answer")).as(came.toString()).isTrue();
    here.check(came.path("answer"));
  }

  static Stream<ActionCall> callsAnsweredWithACode() {
    return ActionCall.all().stream().filter(ActionCall::answersWithCode);
  }

  /// As with the vendor's own service: pop-core knows `OK` and `Success`, and not `100`.
  @ParameterizedTest
  @MethodSource("callsAnsweredWithACode")
  void success_withACode_isAnErrorToAClient_thatWasNotToldOfIt(ActionCall call) throws IOException {
    JsonNode came = send(call.in(fixture), MpaasFixture.SECRET, "POST");

    assertThat(came.at("/error/name").asText()).isEqualTo("100Error");
    assertThat(came.at("/error/data/Success").asBoolean()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "POST"})
  void wrongSecret_doesNotMatch(String method) throws IOException {
    JsonNode came = send(calls().getFirst().in(fixture), "wrong", method);

    assertThat(came.at("/error/name").asText()).isEqualTo("SignatureDoesNotMatchError");
  }

  @Test
  void refusal_isANormalReturn_thatNamesTheParameter() throws IOException {
    var call = new ActionCall("CancelPushScheduler", Map.of("UniqueIds", " "), Map.of());

    JsonNode came = send(call, MpaasFixture.SECRET, "POST");

    assertThat(came.at("/answer/ResultCode").asText()).isEqualTo("3028");
    assertThat(came.at("/answer/ResultMessage").asText())
        .isEqualTo("INVALID_PARAM: UniqueIds must not be blank");
  }

  private JsonNode send(ActionCall call, String secret, String method, String... codes)
      throws IOException {
    ObjectNode line = Json.object().put("action", call.action());
    ObjectNode client =
        line.putObject("client")
            .put("endpoint", "http://" + bridge.endpoint())
            .put("apiVersion", "2020-10-28")
            .put("accessKeyId", MpaasFixture.KEY)
            .put("accessKeySecret", secret);
    if (codes.length > 0) {
      List.of(codes).forEach(client.putArray("codes")::add);
    }
    ObjectNode params =
        line.putObject("params")
            .put("AppId", MpaasFixture.APP)
            .put("WorkspaceId", MpaasFixture.WORKSPACE);
    call.form().forEach(params::put);
    line.putObject("options").put("method", method);
    tell.write(Json.write(line) + "\n");
    tell.flush();
    return Json.read(said.readLine()).orElseThrow();
  }
}
