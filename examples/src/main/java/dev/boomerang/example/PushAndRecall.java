// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.example;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.aliyuncs.CommonRequest;
import com.aliyuncs.DefaultAcsClient;
import com.aliyuncs.IAcsClient;
import com.aliyuncs.exceptions.ClientException;
import com.aliyuncs.http.MethodType;
import com.aliyuncs.http.ProtocolType;
import com.aliyuncs.profile.DefaultProfile;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Scanner;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/// Pushes a message to a user with Aliyun's own Java client, waits, takes it back with the same
/// client, and prints what the recall achieved.
///
/// Run it from the repository's root, beside a running server:
///
///     examples/push-and-recall [user [wait]]
///
/// `user` is `user1024` unless given. `wait` is how many seconds to wait before the recall; without it
/// the program waits for Enter. `BOOMERANG_DATA_DIR` (`./data`) is where the server wrote `demo.json`,
/// `BOOMERANG_SERVER` (`127.0.0.1:7300`) where it answers.
public final class PushAndRecall {
  private static final String SERVER =
      System.getenv().getOrDefault("BOOMERANG_SERVER", "127.0.0.1:7300").replace("http://", "");

  private final IAcsClient aliyun;
  private final JsonObject demo;

  private PushAndRecall(JsonObject demo) {
    this.demo = demo;
    JsonObject key = demo.getAsJsonObject("mpaas");
    // As in Aliyun's documents: region, access key id, access key secret.
    this.aliyun =
        new DefaultAcsClient(
            DefaultProfile.getProfile(
                "cn-hangzhou",
                key.get("accessKeyId").getAsString(),
                key.get("accessKeySecret").getAsString()));
  }

  public static void main(String[] args) throws IOException, InterruptedException, ClientException {
    Path file = Path.of(System.getenv().getOrDefault("BOOMERANG_DATA_DIR", "data"), "demo.json");
    if (!Files.isReadable(file)) {
      System.err.println("cannot read " + file + ": start the server first");
      System.exit(1);
    }
    var example =
        new PushAndRecall(JsonParser.parseString(Files.readString(file, UTF_8)).getAsJsonObject());
    String user = args.length > 0 ? args[0] : "user1024";
    String messageId = UUID.randomUUID().toString();

    System.out.println("pushed to " + user + ": task " + example.push(user, messageId));
    pause(args);
    String recall = example.recall(user, messageId);
    // The device answers in its own time; the report is live.
    TimeUnit.SECONDS.sleep(1);
    System.out.println("recall " + recall + ": " + example.report(recall));
  }

  private String push(String user, String messageId) throws ClientException {
    var target = new JsonObject();
    target.addProperty(user, messageId);
    return call(
        "PushSimple",
        Map.of(
            "TaskName", "push-and-recall",
            "DeliveryType", "3", // to users
            "TargetMsgkey", target.toString(),
            "Title", "打折通知",
            "Content", "今天全场五折，发送于 " + Instant.now(),
            "ExpiredSeconds", "600"));
  }

  private String recall(String user, String messageId) throws ClientException {
    return call("RevokePushMessage", Map.of("MessageId", messageId, "TargetId", user));
  }

  /// Returns `PushResult.Data`: a push's task, a recall's id.
  private String call(String action, Map<String, String> parameters) throws ClientException {
    var request = new CommonRequest();
    request.setSysMethod(MethodType.POST);
    request.setSysProtocol(ProtocolType.HTTP);
    request.setSysDomain(SERVER);
    request.setSysVersion("2020-10-28");
    request.setSysAction(action);
    request.putBodyParameter("AppId", demo.get("appId").getAsString());
    request.putBodyParameter("WorkspaceId", demo.get("workspaceId").getAsString());
    parameters.forEach(request::putBodyParameter);
    String answer = aliyun.getCommonResponse(request).getData();
    JsonObject result =
        JsonParser.parseString(answer).getAsJsonObject().getAsJsonObject("PushResult");
    if (!result.get("Success").getAsBoolean()) {
      throw new IllegalStateException(answer);
    }
    return result.get("Data").getAsString();
  }

  /// What mPaaS has no word for: the native API tells what a recall achieved.
  private String report(String recall) throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create("http://" + SERVER + "/api/v1/recalls/" + recall))
            .header("Authorization", "Bearer " + demo.get("adminToken").getAsString())
            .build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
  }

  private static void pause(String[] args) throws InterruptedException {
    if (args.length > 1) {
      TimeUnit.SECONDS.sleep(Long.parseLong(args[1]));
      return;
    }
    System.out.println("press Enter to take it back");
    try (var in = new Scanner(System.in, UTF_8)) {
      if (in.hasNextLine()) {
        in.nextLine();
      }
    }
  }
}
