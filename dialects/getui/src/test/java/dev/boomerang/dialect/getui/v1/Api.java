// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui.v1;

import com.fasterxml.jackson.databind.JsonNode;
import dev.boomerang.dialect.getui.GetuiConfig;
import dev.boomerang.dialect.getui.World;
import dev.boomerang.port.Store;
import dev.boomerang.web.http.Headers;
import dev.boomerang.web.http.Reply;
import java.util.concurrent.atomic.AtomicInteger;

/// REST V1, called by an app that is logged in.
final class Api implements AutoCloseable {
  static final String BASE = "/v1/appIdX";

  /// What a test sends that does not care.
  static final String TEXT =
      "'message':{'appkey':'appKeyX','msgtype':'transmission'},"
          + "'transmission':{'transmission_type':false,'transmission_content':'hello'}";

  final World world;
  final String token;
  private final AtomicInteger requests = new AtomicInteger();

  Api() {
    this(GetuiConfig.DEFAULT);
  }

  Api(GetuiConfig config) {
    this.world = new World(config, RestV1::new);
    this.token = logIn();
  }

  Api(Store store) {
    this.world = new World(GetuiConfig.DEFAULT, store, RestV1::new);
    this.token = logIn();
  }

  String logIn() {
    return World.json(auth()).path("auth_token").asText();
  }

  Reply auth() {
    String now = Long.toString(world.clock.millis());
    return auth(BASE, World.KEY, now, World.sign("SHA-256", World.KEY, now, World.SECRET));
  }

  Reply auth(String base, String key, String timestamp, String sign) {
    String body = "{'sign':'%s','timestamp':%s,'appkey':'%s'}".formatted(sign, timestamp, key);
    return world.call("POST", base + "/auth_sign", Headers.of("authtoken", ""), body);
  }

  Reply call(String method, String path, String body) {
    return world.call(method, BASE + path, Headers.of("authtoken", token), body);
  }

  JsonNode answer(String method, String path, String body) {
    Reply reply = call(method, path, body);
    JsonNode json = World.json(reply);
    if (!json.path("result").asText().equals("ok") || reply.status() != 200) {
      throw new AssertionError(reply.status() + " " + json);
    }
    return json;
  }

  JsonNode get(String path) {
    return answer("GET", path, "");
  }

  JsonNode post(String path, String body) {
    return answer("POST", path, body);
  }

  String requestId() {
    return "'requestid':'" + "0".repeat(20) + requests.incrementAndGet() + "'";
  }

  String body(String more) {
    return "{" + requestId() + "," + TEXT + "," + more + "}";
  }

  static String result(Reply reply) {
    return World.json(reply).path("result").asText();
  }

  @Override
  public void close() {
    world.close();
  }
}
