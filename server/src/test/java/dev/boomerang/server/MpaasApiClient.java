// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.server;

import com.fasterxml.jackson.databind.JsonNode;
import dev.boomerang.web.field.Json;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// mPaaS, through Aliyun's client. Its devices are named by their registration.
record MpaasApiClient(AliyunClient client) implements ApiClient {
  static final String TEMPLATE = "matrix";

  MpaasApiClient {
    try {
      client.answer(
          "CreateTemplate",
          Map.of("TemplateName", TEMPLATE, "Title", "#title#", "Content", "b", "DescInfo", "d"));
    } catch (Exception e) {
      throw new AssertionError("no template", e);
    }
  }

  @Override
  public String name() {
    return "mPaaS";
  }

  @Override
  public Map<String, Way> ways() {
    var ways = new LinkedHashMap<String, Way>();
    ways.put(
        "PushSimple", (device, title) -> push("PushSimple", "1", simple(title, key(device.id()))));
    ways.put(
        "PushSimple by user",
        (device, title) -> push("PushSimple", "3", simple(title, key(device.user()))));
    ways.put(
        "PushTemplate",
        (device, title) ->
            push("PushTemplate", "1", templated(title, Map.of("TargetMsgkey", key(device.id())))));
    ways.put(
        "PushTemplate by user",
        (device, title) ->
            push(
                "PushTemplate", "3", templated(title, Map.of("TargetMsgkey", key(device.user())))));
    ways.put(
        "PushMultiple", (device, title) -> push("PushMultiple", "1", multiple(title, device.id())));
    ways.put(
        "PushMultiple by user",
        (device, title) -> push("PushMultiple", "3", multiple(title, device.user())));
    ways.put(
        "PushBroadcast",
        (_, title) -> {
          String id = UUID.randomUUID().toString();
          return push("PushBroadcast", "1", templated(title, Map.of("Msgkey", id)));
        });
    return ways;
  }

  private static Map<String, String> simple(String title, String key) {
    return Map.of("Title", title, "Content", "b", "TargetMsgkey", key);
  }

  private static Map<String, String> multiple(String title, String target) {
    return Map.of(
        "TemplateName",
        TEMPLATE,
        "TargetMsg.1.Target",
        target,
        "TargetMsg.1.MsgKey",
        UUID.randomUUID().toString(),
        "TargetMsg.1.TemplateKeyValue",
        values(title));
  }

  private static Map<String, String> templated(String title, Map<String, String> more) {
    Map<String, String> parameters = new HashMap<>(more);
    parameters.put("TemplateName", TEMPLATE);
    parameters.put("TemplateKeyValue", values(title));
    return parameters;
  }

  private static String values(String title) {
    return Json.write(Json.object().put("title", title));
  }

  private static String key(String target) {
    return Json.write(Json.object().put(target, UUID.randomUUID().toString()));
  }

  private long push(String action, String by, Map<String, String> more) throws Exception {
    Map<String, String> parameters = new HashMap<>(more);
    parameters.put("TaskName", "matrix");
    parameters.put("DeliveryType", by);
    parameters.put("ExpiredSeconds", "600");
    return done(client.call(action, parameters)).path("Data").asLong();
  }

  private static JsonNode done(JsonNode result) {
    if (!result.path("Success").asBoolean()) {
      throw new AssertionError(result.toString());
    }
    return result;
  }

  @Override
  public Optional<Recall> recall() {
    return Optional.of(
        (task, _) -> done(client.call("RevokePushTask", Map.of("TaskId", "" + task))));
  }

  /// What it says of one task does not tell how often that was opened.
  @Override
  public Report report() {
    return task -> {
      JsonNode data =
          client
              .answer("QueryPushAnalysisTaskDetail", Map.of("TaskId", "" + task))
              .at("/ResultContent/Data");
      return new Counts(
          data.path("PushNum").asLong(), data.path("PushArrivalNum").asLong(), Counts.UNTOLD);
    };
  }
}
