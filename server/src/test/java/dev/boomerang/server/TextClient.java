// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.aliyuncs.exceptions.ClientException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.model.text.WellFormedText;
import dev.boomerang.web.field.Json;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/// A server, one device of it, and callers of all its dialects who send a text wherever one may
/// stand.
final class TextClient implements AutoCloseable {

  /// What came of a call: the code is the dialect's own, empty if it has none for success.
  record Outcome(int status, String code, String text) {
    boolean isAccepted() {
      return status < 300
          && (code.isEmpty() || code.equals("0") || code.equals("ok") || code.equals("true"));
    }
  }

  private final HttpClient http = HttpClient.newHttpClient();
  private final LocalServer server;
  private final HiveMqttDevice device;
  private final AliyunClient aliyunClient;
  private final Map<TextEntry.Caller, Map<String, String>> headers = new HashMap<>();

  TextClient(Path folder, Map<String, String> settings) throws Exception {
    server = LocalServer.start(folder, settings);
    device = HiveMqttDevice.connect(server.api(), server.demo(), "text");
    aliyunClient = new AliyunClient(server.demo(), server.httpPort());
    JsonNode demo = server.demo();
    headers.put(TextEntry.Caller.DEVICE, Map.of());
    headers.put(
        TextEntry.Caller.NATIVE,
        Map.of("Authorization", "Bearer " + demo.path("adminToken").asText()));
    headers.put(
        TextEntry.Caller.JPUSH,
        JpushApiClient.of(http, server.url(), demo.path("jpush")).http().headers());
    headers.put(
        TextEntry.Caller.GETUI_V2,
        GetuiApiClient.logIn(http, server.url(), demo.path("getui")).http().headers());
    headers.put(
        TextEntry.Caller.GETUI_V1,
        GetuiV1ApiClient.logIn(http, server.url(), demo.path("getui")).http().headers());
    headers.put(
        TextEntry.Caller.VIVO,
        VivoApiClient.logIn(http, server.url(), demo.path("vivo")).http().headers());
  }

  HiveMqttDevice device() {
    return device;
  }

  Outcome send(TextEntry entry, String text, int number) throws Exception {
    if (entry.caller() == TextEntry.Caller.MPAAS) {
      return mpaas(entry, text, number);
    }
    String body = filled(entry.body(), entry, number).replace("§", escaped(text));
    String base =
        switch (entry.caller()) {
          case GETUI_V2 -> "/v2/" + server.demo().at("/getui/appId").asText();
          case GETUI_V1 -> "/v1/" + server.demo().at("/getui/appId").asText();
          case DEVICE, NATIVE, MPAAS, JPUSH, VIVO -> "";
        };
    String path = filled(entry.path(), entry, number).replace("§", percent(text));
    var request =
        HttpRequest.newBuilder(URI.create(server.url() + base + path))
            .header("Content-Type", "application/json")
            .method(entry.method(), BodyPublishers.ofString(body));
    RequiredEntries.in(headers, entry.caller()).forEach(request::header);
    var answer = http.send(request.build(), BodyHandlers.ofString());
    return new Outcome(answer.statusCode(), code(answer.body()), answer.body());
  }

  /// Aliyun's client makes `?` of half a character by itself, but not of its escape in JSON.
  private Outcome mpaas(TextEntry entry, String text, int number) {
    boolean isJson = entry.body().contains("{\\\"");
    if (!isJson && !WellFormedText.is(text) && text.indexOf('\0') < 0) {
      return new Outcome(400, "unsendable", "");
    }
    String escaped = escaped(text);
    String body = entry.body().replace("§", isJson ? escaped.replace("\\", "\\\\") : escaped);
    Map<String, String> parameters = new HashMap<>();
    parameters.put("TaskName", "text");
    parameters.put("Title", "t");
    parameters.put("Content", "b");
    parameters.put("DeliveryType", "3");
    parameters.put("ExpiredSeconds", "600");
    parameters.put("TargetMsgkey", Json.write(Json.object().put(device.user(), "m" + number)));
    ((ObjectNode) Unchecked.read(body))
        .properties()
        .forEach(each -> parameters.put(each.getKey(), each.getValue().asText()));
    try {
      JsonNode result = aliyunClient.call(entry.path(), parameters);
      return new Outcome(200, result.path("Success").asText(), result.toString());
    } catch (ClientException e) {
      return new Outcome(400, e.getErrCode(), e.getErrMsg());
    }
  }

  private String filled(String template, TextEntry entry, int number) {
    JsonNode demo = server.demo();
    boolean isGetui = entry.caller() == TextEntry.Caller.GETUI_V1;
    return template
        .replace("#D", device.id())
        .replace("#N", Integer.toString(number))
        .replace("#A", demo.path("appId").asText())
        .replace("#K", demo.at(isGetui ? "/getui/appKey" : "/deviceKey").asText());
  }

  /// The text inside a JSON string, in ASCII: no client library can spoil it then.
  private static String escaped(String text) {
    var json = new StringBuilder();
    text.chars()
        .forEach(
            unit -> {
              boolean isPlain = unit >= ' ' && unit < 0x7f && unit != '"' && unit != '\\';
              json.append(isPlain ? "" + (char) unit : "\\u%04x".formatted(unit));
            });
    return json.toString();
  }

  /// As a path has it; a half of a pair as the three bytes it would have if it were a character.
  private static String percent(String text) {
    var path = new StringBuilder();
    text.codePoints()
        .forEach(
            point -> {
              boolean isHalf = point >= 0xd800 && point <= 0xdfff;
              byte[] bytes =
                  isHalf
                      ? new byte[] {
                        (byte) (0xe0 | (point >> 12)),
                        (byte) (0x80 | ((point >> 6) & 0x3f)),
                        (byte) (0x80 | (point & 0x3f))
                      }
                      : Character.toString(point).getBytes(UTF_8);
              for (byte one : bytes) {
                path.append('%').append(HexFormat.of().withUpperCase().toHexDigits(one));
              }
            });
    return path.toString();
  }

  private static String code(String body) {
    JsonNode json = Unchecked.read(body);
    for (String where : new String[] {"/error/code", "/code", "/result", "/type"}) {
      Optional<JsonNode> found = Optional.of(json.at(where)).filter(JsonNode::isValueNode);
      if (found.isPresent()) {
        return found.get().asText();
      }
    }
    return "";
  }

  /// Reads answers as they are, which may repeat a text that is none.
  private static final class Unchecked {
    private static final com.fasterxml.jackson.databind.ObjectMapper MAPPER =
        new com.fasterxml.jackson.databind.ObjectMapper();

    static JsonNode read(String text) {
      try {
        return MAPPER.readTree(text);
      } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
        throw new AssertionError("no JSON: " + text, e);
      }
    }
  }

  @Override
  public void close() {
    device.close();
    server.close();
  }
}
