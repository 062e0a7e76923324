// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.mpaas.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.boomerang.dialect.mpaas.fixture.MpaasFixture;
import dev.boomerang.dialect.mpaas.fixture.SignedRequest.Answer;
import dev.boomerang.dialect.mpaas.gateway.ResponseFormat;
import dev.boomerang.dialect.mpaas.request.RequestParams;
import dev.boomerang.dialect.mpaas.signature.Acs3Signature;
import dev.boomerang.dialect.mpaas.signature.RequestSignature;
import dev.boomerang.dialect.mpaas.signature.RpcSignature;
import dev.boomerang.engine.accept.Templates;
import dev.boomerang.model.app.AppId;
import dev.boomerang.model.app.Secret;
import dev.boomerang.model.push.Content;
import dev.boomerang.web.field.Json;
import dev.boomerang.web.http.Body;
import dev.boomerang.web.http.Call;
import dev.boomerang.web.http.Headers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What real clients wrote to a socket, replayed at the hour they wrote it.
class CapturedCallsTest {
  private static final Pattern TIME =
      Pattern.compile("2026-11-21T00(?::|%3A)\\d\\d(?::|%3A)\\d\\dZ");

  /// The templates that the captured pushes name.
  private static final List<String> TEMPLATES = List.of("测试模板", "群发", "t");

  record Capture(JsonNode node) {
    static Capture parse(String line) {
      return new Capture(Json.read(line).orElseThrow());
    }

    String text(String pointer) {
      return node.at(pointer).asText();
    }

    Instant time() {
      var found = TIME.matcher(node.path("request").toString());
      assertThat(found.find()).isTrue();
      return Instant.parse(found.group().replace("%3A", ":"));
    }

    Call call() {
      List<Map.Entry<String, String>> headers = new ArrayList<>();
      node.at("/request/headers")
          .forEach(h -> headers.add(Map.entry(h.get(0).asText(), h.get(1).asText())));
      String target = text("/request/target");
      int mark = target.indexOf('?');
      return new Call(
          text("/request/method"),
          mark < 0 ? target : target.substring(0, mark),
          mark < 0 ? "" : target.substring(mark + 1),
          Headers.of(headers),
          Body.of(text("/request/body")),
          "127.0.0.1",
          Map.of());
    }

    @Override
    public String toString() {
      return text("/id") + " " + text("/case");
    }
  }

  static Stream<Capture> captures() {
    try (var in = CapturedCallsTest.class.getResourceAsStream("captures.jsonl")) {
      return new String(in.readAllBytes(), UTF_8).lines().map(Capture::parse);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @MethodSource("captures")
  void capture_getsItsAnswer(Capture capture) {
    try (var fixture = MpaasFixture.openAt(capture.time())) {
      fixture.register("devtoken1", "user1024");
      createTemplates(fixture);
      pushWhatItRevokes(capture, fixture);

      Answer answer = new Answer(fixture.send(capture.call()));

      assertThat(answer.outcome()).isEqualTo(expected(capture));
      assertThat(answer.reply().headers().get("Content-Type"))
          .hasValue("application/json;charset=utf-8");
    }
  }

  private static void createTemplates(MpaasFixture fixture) {
    for (String name : TEMPLATES) {
      var draft = new Templates.Draft(name, "", "", Content.Notification.of("标题", "内容"));
      fixture.engine.templates().create(new AppId(MpaasFixture.APP), draft);
    }
  }

  private static void pushWhatItRevokes(Capture capture, MpaasFixture fixture) {
    RequestParams requestParams = RequestParams.of(capture.call());
    requestParams
        .text("MessageId")
        .ifPresent(
            id ->
                fixture
                    .pushSimple()
                    .param(
                        "TargetMsgkey",
                        Json.object()
                            .put(requestParams.text("TargetId").orElseThrow(), id)
                            .toString())
                    .send());
  }

  private static String expected(Capture capture) {
    if (!capture.node().at("/signature/accepted_by_server").asBoolean()) {
      return capture.text("/credentials/access_key_id").equals(MpaasFixture.KEY)
          ? "400 SignatureDoesNotMatch"
          : "404 InvalidAccessKeyId.NotFound";
    }
    if (!RequestParams.of(capture.call()).text("AppId").equals(Optional.of(MpaasFixture.APP))) {
      return "3007 APPID_WRONG: AppId is not this key's app";
    }
    String action = capture.text("/action");
    String form = capture.text("/request/body");
    if (action.equals("PushBroadcast") && form.contains("DeliveryType=3")) {
      return "3030 BROADCAST_ONLY_SUPPORT_BY_DEVICE";
    }
    return switch (action) {
      // The tasks they name are the vendor's.
      case "QueryPushAnalysisTaskDetail" -> "3028 INVALID_PARAM: TaskId is not that of a task";
      case "RevokePushTask" -> "3028 INVALID_PARAM";
      // The cycles that pushes plan were over in 2021.
      default -> form.contains("StrategyType=2") ? "3028 INVALID_PARAM" : "OK SUCCESS";
    };
  }

  @ParameterizedTest
  @MethodSource("captures")
  void capture_underAnotherSecret_isToldTheStringItsClientSigned(Capture capture) {
    RequestSignature requestSignature = claim(capture.call());

    String signed = capture.text("/signature/string_to_sign");
    assertThatThrownBy(() -> requestSignature.verify(new Secret("none of them")))
        .hasMessage(
            requestSignature instanceof RpcSignature
                ? "Specified signature is not matched with our calculation."
                    + " server string to sign is:"
                    + signed
                : "Specified signature does not match our calculation. server StringToSign is ["
                    + signed
                    + "]");
  }

  private static RequestSignature claim(Call call) {
    RequestParams requestParams = RequestParams.of(call);
    return ResponseFormat.isAcs3(call)
        ? Acs3Signature.read(call, requestParams, call.header("Authorization").orElseThrow())
        : RpcSignature.read(call, requestParams);
  }
}
