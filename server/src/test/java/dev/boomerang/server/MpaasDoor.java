// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.server;

import com.fasterxml.jackson.databind.JsonNode;
import dev.boomerang.web.Json;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// mPaaS, through Aliyun's client. Its devices are named by their registration.
record MpaasDoor(Aliyun client) implements Door {
  private static final String TEMPLATE = "matrix";

  MpaasDoor {
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
        "PushSimple",
        (device, title) ->
            push(
                "PushSimple", Map.of("Title", title, "Content", "b", "TargetMsgkey", key(device))));
    ways.put(
        "PushTemplate",
        (device, title) ->
            push("PushTemplate", templated(title, Map.of("TargetMsgkey", key(device)))));
    ways.put(
        "PushMultiple",
        (device, title) ->
            push(
                "PushMultiple",
                Map.of(
                    "TemplateName", TEMPLATE,
                    "TargetMsg.1.Target", device.id(),
                    "TargetMsg.1.MsgKey", UUID.randomUUID().toString(),
                    "TargetMsg.1.TemplateKeyValue", values(title))));
    ways.put(
        "PushBroadcast",
        (_, title) -> {
          String id = UUID.randomUUID().toString();
          return push("PushBroadcast", templated(title, Map.of("Msgkey", id)));
        });
    return ways;
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

  private static String key(HiveDevice device) {
    return Json.write(Json.object().put(device.id(), UUID.randomUUID().toString()));
  }

  private long push(String action, Map<String, String> more) throws Exception {
    Map<String, String> parameters = new HashMap<>(more);
    parameters.put("TaskName", "matrix");
    parameters.put("DeliveryType", "1");
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
  public Recall recall() {
    return (task, _) -> done(client.call("RevokePushTask", Map.of("TaskId", "" + task)));
  }

  @Override
  public Arrivals arrivals() {
    return task ->
        client
            .answer("QueryPushAnalysisTaskDetail", Map.of("TaskId", "" + task))
            .at("/ResultContent/Data/PushArrivalNum")
            .asLong();
  }

  @Override
  public Optional<Replacement> override() {
    return Optional.empty();
  }
}
