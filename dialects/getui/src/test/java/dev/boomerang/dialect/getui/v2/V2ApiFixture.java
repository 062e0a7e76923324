// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui.v2;

import com.fasterxml.jackson.databind.JsonNode;
import dev.boomerang.dialect.getui.GetuiConfig;
import dev.boomerang.dialect.getui.GetuiFixture;
import dev.boomerang.model.push.TaskId;
import dev.boomerang.model.registration.Registration;
import dev.boomerang.port.Store;
import dev.boomerang.web.http.Headers;
import dev.boomerang.web.http.Reply;
import java.util.concurrent.atomic.AtomicInteger;

/// Calls RestAPI V2 as an app that is logged in.
final class V2ApiFixture implements AutoCloseable {
  static final String BASE = "/v2/appIdX";

  /// Is the `push_message` of a test in which any message will do.
  static final String TEXT = "'push_message':{'transmission':'hello'}";

  final GetuiFixture fixture;
  final String token;
  private final AtomicInteger requests = new AtomicInteger();

  V2ApiFixture() {
    this(GetuiConfig.DEFAULT);
  }

  V2ApiFixture(GetuiConfig config) {
    this.fixture = new GetuiFixture(config, GetuiRestV2::new);
    this.token = logIn();
  }

  V2ApiFixture(Store store) {
    this.fixture = new GetuiFixture(GetuiConfig.DEFAULT, store, GetuiRestV2::new);
    this.token = logIn();
  }

  String logIn() {
    JsonNode answer = GetuiFixture.json(auth());
    if (answer.path("code").asInt() != 0) {
      throw new AssertionError(answer);
    }
    return answer.at("/data/token").asText();
  }

  Reply auth() {
    String now = Long.toString(fixture.clock.millis());
    return auth(
        GetuiFixture.KEY,
        now,
        GetuiFixture.sign("SHA-256", GetuiFixture.KEY, now, GetuiFixture.SECRET));
  }

  Reply auth(String key, String timestamp, String sign) {
    String body = "{'sign':'%s','timestamp':'%s','appkey':'%s'}".formatted(sign, timestamp, key);
    return fixture.call("POST", BASE + "/auth", Headers.NONE, body);
  }

  Reply call(String method, String path, String body) {
    return fixture.call(method, BASE + path, Headers.of("token", token), body);
  }

  Reply get(String path) {
    return call("GET", path, "");
  }

  JsonNode data(String method, String path, String body) {
    Reply reply = call(method, path, body);
    JsonNode json = GetuiFixture.json(reply);
    if (json.path("code").asInt(-1) != 0 || reply.status() != 200) {
      throw new AssertionError(reply.status() + " " + json);
    }
    return json.path("data");
  }

  JsonNode data(String path) {
    return data("GET", path, "");
  }

  Registration getuiUser(String cid) {
    return fixture.getui.users().find(GetuiFixture.SHOP, cid).orElseThrow();
  }

  String requestId() {
    return "'request_id':'request-" + requests.incrementAndGet() + "-of-ours'";
  }

  String body(String audience, String more) {
    return "{" + requestId() + ",'audience':" + audience + "," + more + "}";
  }

  JsonNode push(String path, String audience, String more) {
    return data("POST", "/push/" + path, body(audience, more));
  }

  /// Pushes to one cid and returns the name of the task.
  String pushed(String cid, String more) {
    return push("single/cid", cids(cid), more).fieldNames().next();
  }

  String opened(String more) {
    return data("POST", "/push/list/message", "{" + more + "}").path("taskid").asText();
  }

  JsonNode list(String task, String... cids) {
    return data("POST", "/push/list/cid", listBody(task, cids)).path(task);
  }

  static String listBody(String task, String... cids) {
    return "{'taskid':'" + task + "','audience':" + cids(cids) + "}";
  }

  static String cids(String... cids) {
    return "{'cid':['" + String.join("','", cids) + "']}";
  }

  static String revoke(String task, boolean force) {
    return "'push_message':{'revoke':{'old_task_id':'" + task + "','force':" + force + "}}";
  }

  /// Returns the engine's number from a task's name.
  static TaskId number(String name) {
    return new TaskId(Long.parseLong(name.substring(name.lastIndexOf('_') + 1), 16));
  }

  static int code(Reply reply) {
    return GetuiFixture.json(reply).path("code").asInt();
  }

  static String message(Reply reply) {
    return GetuiFixture.json(reply).path("msg").asText();
  }

  @Override
  public void close() {
    fixture.close();
  }
}
