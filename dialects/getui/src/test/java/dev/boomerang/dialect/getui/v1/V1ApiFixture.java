// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui.v1;

import com.fasterxml.jackson.databind.JsonNode;
import dev.boomerang.dialect.getui.GetuiConfig;
import dev.boomerang.dialect.getui.GetuiFixture;
import dev.boomerang.port.Store;
import dev.boomerang.web.http.Headers;
import dev.boomerang.web.http.Reply;
import java.util.concurrent.atomic.AtomicInteger;

/// Calls REST V1 as an app that is logged in.
final class V1ApiFixture implements AutoCloseable {
  static final String BASE = "/v1/appIdX";

  /// Is the message of a test in which any message will do.
  static final String TEXT =
      "'message':{'appkey':'appKeyX','msgtype':'transmission'},"
          + "'transmission':{'transmission_type':false,'transmission_content':'hello'}";

  final GetuiFixture fixture;
  final String token;
  private final AtomicInteger requests = new AtomicInteger();

  V1ApiFixture() {
    this(GetuiConfig.DEFAULT);
  }

  V1ApiFixture(GetuiConfig config) {
    this.fixture = new GetuiFixture(config, GetuiRestV1::new);
    this.token = logIn();
  }

  V1ApiFixture(Store store) {
    this.fixture = new GetuiFixture(GetuiConfig.DEFAULT, store, GetuiRestV1::new);
    this.token = logIn();
  }

  String logIn() {
    return GetuiFixture.json(auth()).path("auth_token").asText();
  }

  Reply auth() {
    String now = Long.toString(fixture.clock.millis());
    return auth(
        BASE,
        GetuiFixture.KEY,
        now,
        GetuiFixture.sign("SHA-256", GetuiFixture.KEY, now, GetuiFixture.SECRET));
  }

  Reply auth(String base, String key, String timestamp, String sign) {
    String body = "{'sign':'%s','timestamp':%s,'appkey':'%s'}".formatted(sign, timestamp, key);
    return fixture.call("POST", base + "/auth_sign", Headers.of("authtoken", ""), body);
  }

  Reply call(String method, String path, String body) {
    return fixture.call(method, BASE + path, Headers.of("authtoken", token), body);
  }

  JsonNode answer(String method, String path, String body) {
    Reply reply = call(method, path, body);
    JsonNode json = GetuiFixture.json(reply);
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
    return GetuiFixture.json(reply).path("result").asText();
  }

  @Override
  public void close() {
    fixture.close();
  }
}
