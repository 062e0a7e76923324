// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.dialect.getui.wire.proto.GetuiV1.ActionChain;
import dev.boomerang.dialect.getui.wire.proto.GetuiV1.InnerField;
import dev.boomerang.dialect.getui.wire.proto.GetuiV1.PushInfo;
import dev.boomerang.dialect.getui.wire.proto.GetuiV1.SingleBatchItem;
import dev.boomerang.dialect.getui.wire.proto.GetuiV1.SingleBatchRequest;
import dev.boomerang.dialect.getui.wire.proto.GetuiV1.Transparent;
import dev.boomerang.web.field.Json;
import java.net.http.HttpClient;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// Calls Getui's V1 wire as its libraries do. Its recall is a push to the device.
record GetuiWireApiClient(JsonCaller http, String appId, String appKey, String token)
    implements ApiClient {
  private static final String PATH = "/apiex.htm";
  private static final PushInfo NOT_APPLE =
      PushInfo.newBuilder().setInvalidAPN(true).setInvalidMPN(true).build();

  static GetuiWireApiClient logIn(HttpClient http, String server, JsonNode keys) throws Exception {
    var caller = new JsonCaller(http, server, Map.of());
    String key = keys.path("appKey").asText();
    long now = System.currentTimeMillis();
    String text = key + now + keys.path("masterSecret").asText();
    byte[] sign = MessageDigest.getInstance("MD5").digest(text.getBytes(UTF_8));
    JsonNode answer =
        caller.call(
            "POST",
            PATH,
            Json.object()
                .put("action", "connect")
                .put("appkey", key)
                .put("timeStamp", now)
                .put("sign", HexFormat.of().formatHex(sign))
                .put("version", "4.1.0.4"));
    return new GetuiWireApiClient(
        caller, keys.path("appId").asText(), key, answer.path("authtoken").asText());
  }

  @Override
  public String name() {
    return "Getui's wire";
  }

  @Override
  public Map<String, Way> ways() {
    var ways = new LinkedHashMap<String, Way>();
    ways.put(
        "single cid",
        (device, title) ->
            task("pushMessageToSingleAction", shown(title).put("clientId", device.id())));
    ways.put(
        "single alias",
        (device, title) ->
            task("pushMessageToSingleAction", shown(title).put("alias", device.alias())));
    ways.put(
        "single by tag",
        (device, title) ->
            task(
                "pushMessageToSingleByTagAction",
                shown(title).put("clientId", device.id()).put("tag", device.tag())));
    ways.put("batch", this::batch);
    ways.put("list", this::list);
    ways.put("list by tag", this::listByTag);
    ways.put("app", (_, title) -> app(shown(title)));
    ways.put("app tagList", this::tagList);
    ways.put("tag", this::tag);
    return ways;
  }

  private ObjectNode shown(String title) {
    ActionChain notice =
        step(10_000, ActionChain.Type.MMS_INBOX_2)
            .setStype("notification")
            .addField(field("title", title))
            .addField(field("text", "b"))
            .build();
    ActionChain start =
        step(10_030, ActionChain.Type.START_APP).setAppid("").setAutostart(true).build();
    return message(0, notice, start);
  }

  /// Returns a message of the template with this id.
  private ObjectNode message(int template, ActionChain... steps) {
    var message =
        Transparent.newBuilder()
            .setAction("pushmessage")
            .setAppKey(appKey)
            .setAppId(appId)
            .setPushInfo(NOT_APPLE)
            .setTemplateId(template)
            .addActionChain(step(1, ActionChain.Type.GOTO))
            .addCondition("");
    for (ActionChain step : steps) {
      message.addActionChain(step);
    }
    message.addActionChain(step(100, ActionChain.Type.END));
    return Json.object()
        .put("appId", appId)
        .put("requestId", UUID.randomUUID().toString().substring(0, 30))
        .put("clientData", Base64.getEncoder().encodeToString(message.build().toByteArray()))
        .put("transmissionContent", "")
        .put("isOffline", true)
        .put("offlineExpireTime", 3_600_000)
        .put("pushNetWorkType", 0)
        .put("type", 2);
  }

  private static ActionChain.Builder step(int id, ActionChain.Type type) {
    return ActionChain.newBuilder().setActionId(id).setType(type).setNext(100);
  }

  private static InnerField field(String key, String value) {
    return InnerField.newBuilder().setKey(key).setVal(value).setType(InnerField.Type.STR).build();
  }

  private long batch(HiveMqttDevice device, String title) throws Exception {
    String item = Json.write(shown(title).put("clientId", device.id()));
    byte[] items =
        SingleBatchRequest.newBuilder()
            .setBatchId("batch")
            .addBatchItem(SingleBatchItem.newBuilder().setSeqId(1).setData(item))
            .build()
            .toByteArray();
    JsonNode answer =
        call(
            "pushMessageToSingleBatchAction",
            Json.object()
                .put("requestId", UUID.randomUUID().toString().substring(0, 30))
                .put("serialize", "pb")
                .put("async", false)
                .put("singleDatas", Base64.getEncoder().encodeToString(items)));
    return GetuiApiClient.number(answer.at("/info/1/taskId").asText());
  }

  private String content(ObjectNode message, int type) throws Exception {
    message.put("contentType", type).putArray("appIdList").add(appId);
    return call("getContentIdAction", message).path("contentId").asText();
  }

  private long list(HiveMqttDevice device, String title) throws Exception {
    String content = content(shown(title), 1);
    ObjectNode list = Json.object().put("appId", appId).put("contentId", content);
    list.putArray("clientIdList").add(device.id());
    call("pushMessageToListAction", list);
    return GetuiApiClient.number(content);
  }

  private long listByTag(HiveMqttDevice device, String title) throws Exception {
    String content = content(shown(title), 1);
    ObjectNode list = Json.object().put("appId", appId).put("contentId", content);
    list.putArray("clientIdList").addObject().put(device.id(), device.tag());
    call("pushMessageToListByTagAction", list);
    return GetuiApiClient.number(content);
  }

  /// Prepares an app push, which has a name before it is a task, and launches it.
  private long app(ObjectNode message) throws Exception {
    String content = content(message, 2);
    call("pushMessageToAppAction", Json.object().put("contentId", content));
    return Way.UNNUMBERED;
  }

  private long tagList(HiveMqttDevice device, String title) throws Exception {
    ObjectNode message = shown(title);
    message.putArray("tagList").add(device.tag());
    return app(message);
  }

  private long tag(HiveMqttDevice device, String title) throws Exception {
    ObjectNode message = shown(title).put("tag", device.tag()).put("speed", 0);
    message.putArray("appIdList").add(appId);
    return GetuiApiClient.number(
        call("pushMessageByTagAction", message).path("contentId").asText());
  }

  private long task(String action, ObjectNode message) throws Exception {
    return GetuiApiClient.number(call(action, message).path("taskId").asText());
  }

  private JsonNode call(String action, ObjectNode fields) throws Exception {
    fields.put("action", action).put("appkey", appKey).put("authToken", token);
    JsonNode answer = http.call("POST", PATH, fields);
    if (!answer.path("result").asText().equals("ok")) {
      throw new AssertionError(action + ": " + answer);
    }
    return answer;
  }

  @Override
  public Optional<Recall> recall() {
    return Optional.of(
        (task, device) -> {
          ActionChain revoke =
              step(1, ActionChain.Type.MMS_INBOX_2)
                  .setStype("terminatetask")
                  .addField(field("taskid", Long.toString(task)))
                  .addField(field("force", "false"))
                  .build();
          task(
              "pushMessageToSingleAction",
              message(8, revoke).put("clientId", device.id()).put("pushType", "Revoke"));
        });
  }

  @Override
  public Report report() {
    return task -> {
      JsonNode numbers = call("getPushMsgResult", Json.object().put("taskId", Long.toString(task)));
      return new Counts(
          numbers.path("msgTotal").asLong(),
          numbers.path("msgProcess").asLong(),
          numbers.path("clickNum").asLong());
    };
  }
}
