// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.server;

import com.aliyuncs.CommonRequest;
import com.aliyuncs.DefaultAcsClient;
import com.aliyuncs.exceptions.ClientException;
import com.aliyuncs.http.MethodType;
import com.aliyuncs.http.ProtocolType;
import com.aliyuncs.profile.DefaultProfile;
import com.fasterxml.jackson.databind.JsonNode;
import dev.boomerang.web.field.Json;
import java.util.Map;

/// Aliyun's own Java client, as their documents use it; only the endpoint is ours.
final class AliyunClient {
  private final DefaultAcsClient client;
  private final JsonNode demo;
  private final String endpoint;

  AliyunClient(JsonNode demo, int httpPort) {
    this.demo = demo;
    this.endpoint = "127.0.0.1:" + httpPort;
    this.client =
        new DefaultAcsClient(
            DefaultProfile.getProfile(
                "cn-hangzhou",
                demo.at("/mpaas/accessKeyId").asText(),
                demo.at("/mpaas/accessKeySecret").asText()));
  }

  /// Returns the answer's `PushResult`, as most actions call it.
  JsonNode call(String action, Map<String, String> parameters) throws ClientException {
    return answer(action, parameters).path("PushResult");
  }

  /// Returns the whole answer.
  JsonNode answer(String action, Map<String, String> parameters) throws ClientException {
    var request = new CommonRequest();
    request.setSysMethod(MethodType.POST);
    request.setSysProtocol(ProtocolType.HTTP);
    request.setSysDomain(endpoint);
    request.setSysVersion("2020-10-28");
    request.setSysAction(action);
    request.putBodyParameter("AppId", demo.path("appId").asText());
    request.putBodyParameter("WorkspaceId", demo.path("workspaceId").asText());
    parameters.forEach(request::putBodyParameter);
    return Json.read(client.getCommonResponse(request).getData()).orElseThrow();
  }

  /// Pushes to a user; returns the task's id.
  String push(String user, String messageId, String title) throws ClientException {
    JsonNode result =
        call(
            "PushSimple",
            Map.of(
                "TaskName", "test",
                "Title", title,
                "Content", "内容 a+b*c~d",
                "DeliveryType", "3",
                "ExpiredSeconds", "600",
                "TargetMsgkey", Json.write(Json.object().put(user, messageId))));
    if (!result.path("Success").asBoolean()) {
      throw new IllegalStateException(result.toString());
    }
    return result.path("Data").asText();
  }

  /// Recalls what `push` sent; returns the recall's id.
  String recall(String user, String messageId) throws ClientException {
    return call("RevokePushMessage", Map.of("MessageId", messageId, "TargetId", user))
        .path("Data")
        .asText();
  }
}
