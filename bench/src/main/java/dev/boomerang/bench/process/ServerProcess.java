// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.bench.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.bench.message.MqttPackets.Identity;
import dev.boomerang.bench.message.PushSigner;
import dev.boomerang.web.field.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// The whole server, started as its users start it, with a data folder and ports of its own.
public final class ServerProcess implements AutoCloseable {
  /// How long a server may take to its `ready` line. Far more than the budget of a start, for a
  /// machine that is busy.
  private static final Duration START = Duration.ofSeconds(90);

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int REGISTER_AT_ONCE = 32;

  private final ChildProcess process;
  private final URI http;
  private final InetSocketAddress gateway;
  private final JsonNode demo;
  private final HttpClient client = HttpClient.newHttpClient();

  private ServerProcess(ChildProcess process, URI http, InetSocketAddress gateway, JsonNode demo) {
    this.process = process;
    this.http = http;
    this.gateway = gateway;
    this.demo = demo;
  }

  /// Ready when this returns. `more` is its environment beside what it needs to keep to itself.
  public static ServerProcess start(
      TemporaryFolder temporaryFolder, Path script, Map<String, String> more)
      throws IOException, InterruptedException {
    return start(temporaryFolder, script, temporaryFolder.file("data"), more);
  }

  /// Over a data folder that may have been used before.
  public static ServerProcess start(
      TemporaryFolder temporaryFolder, Path script, Path data, Map<String, String> more)
      throws IOException, InterruptedException {
    var environment = new HashMap<>(more);
    environment.put("BOOMERANG_BUILD", "never");
    ChildProcess process =
        ChildProcess.start(
            temporaryFolder,
            List.of(
                script.toString(),
                "--http-host",
                "127.0.0.1",
                "--http-port",
                "0",
                "--gateway-host",
                "127.0.0.1",
                "--gateway-port",
                "0",
                "--device-registrations-per-minute",
                "0",
                "--data-dir",
                data.toString()),
            environment);
    try {
      String[] words = process.await("ready ", START).split("[ =]", -1);
      String address = words[3];
      int port = Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
      JsonNode demo =
          Json.read(Files.readString(data.resolve("demo.json"), UTF_8))
              .orElseThrow(() -> new IOException("demo.json is no JSON"));
      return new ServerProcess(
          process,
          URI.create(words[1]),
          new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
          demo);
    } catch (IOException | InterruptedException | RuntimeException e) {
      process.close();
      throw e;
    }
  }

  public ChildProcess process() {
    return process;
  }

  public InetSocketAddress http() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), http.getPort());
  }

  public InetSocketAddress gateway() {
    return gateway;
  }

  public PushSigner pushSigner() {
    return new PushSigner(
        demo.at("/mpaas/accessKeyId").asText(),
        demo.at("/mpaas/accessKeySecret").asText(),
        demo.at("/appId").asText(),
        demo.at("/workspaceId").asText());
  }

  /// Registers one device for each of the users `user0`, `user1` and so on.
  public List<Identity> register(int count) throws IOException, InterruptedException {
    var answers = new ArrayList<Future<Identity>>();
    try (var threads =
        Executors.newFixedThreadPool(REGISTER_AT_ONCE, Thread.ofVirtual().factory())) {
      for (int i = 0; i < count; i++) {
        String user = user(i);
        answers.add(threads.submit(() -> registerOne(user)));
      }
    }
    var identities = new ArrayList<Identity>();
    for (Future<Identity> answer : answers) {
      try {
        identities.add(answer.get());
      } catch (ExecutionException e) {
        throw new IOException("a device cannot register", e);
      }
    }
    return identities;
  }

  public static String user(int number) {
    return "user" + number;
  }

  private Identity registerOne(String user) throws IOException, InterruptedException {
    ObjectNode body =
        Json.object()
            .put("appId", demo.at("/appId").asText())
            .put("deviceKey", demo.at("/deviceKey").asText())
            .put("platform", "android")
            .put("userId", user);
    JsonNode answer =
        Json.read(
                send(
                    HttpRequest.newBuilder(http.resolve("/device/v1/registrations"))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(Json.write(body)))))
            .orElseThrow(() -> new IOException("the answer is no JSON"));
    String id = answer.at("/registrationId").asText();
    String app = demo.at("/appId").asText();
    return new Identity(id, app, answer.at("/secret").asText(), "push/" + id);
  }

  /// Makes a call of the mPaaS dialect and returns its answer.
  public JsonNode call(PushSigner.Signed signed) throws IOException, InterruptedException {
    String answer =
        send(
            HttpRequest.newBuilder(http.resolve("/?" + signed.query()))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(signed.body())));
    return Json.read(answer).orElseThrow(() -> new IOException("the answer is no JSON"));
  }

  /// The value of one metric, named as in the text, labels included; 0 if it is not there.
  public double metric(String name) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(http.resolve("/metrics")))
        .lines()
        .filter(line -> line.startsWith(name + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
        .sum();
  }

  private String send(HttpRequest.Builder unsent) throws IOException, InterruptedException {
    HttpRequest request = unsent.timeout(PATIENCE).build();
    HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
    if (answer.statusCode() >= 300) {
      throw new IOException(request.uri() + " answers " + answer.statusCode());
    }
    return answer.body();
  }

  @Override
  public void close() {
    client.close();
    process.close();
  }
}
