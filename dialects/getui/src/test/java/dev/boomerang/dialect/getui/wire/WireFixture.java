// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.dialect.getui.GetuiConfig;
import dev.boomerang.dialect.getui.GetuiFixture;
import dev.boomerang.model.push.TaskId;
import dev.boomerang.model.registration.Registration;
import dev.boomerang.port.Store;
import dev.boomerang.web.field.Json;
import dev.boomerang.web.http.Body;
import dev.boomerang.web.http.Call;
import dev.boomerang.web.http.Headers;
import dev.boomerang.web.http.Reply;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/// Calls the V1 wire as an app that is logged in. Bodies may have `'` for `"`.
final class WireFixture implements AutoCloseable {
  static final String PATH = "/apiex.htm";
  static final String APP = "'appId':'appIdX',";
  static final String HERE = "127.0.0.1";
  static final String THERE = "198.51.100.7";

  final GetuiFixture fixture;
  private String token;
  private final AtomicInteger requests = new AtomicInteger();

  WireFixture() {
    this(GetuiConfig.DEFAULT);
  }

  WireFixture(GetuiConfig config) {
    this(new GetuiFixture(config, GetuiWireV1::new));
  }

  WireFixture(Store store) {
    this(new GetuiFixture(GetuiConfig.DEFAULT, store, GetuiWireV1::new));
  }

  private WireFixture(GetuiFixture fixture) {
    this.fixture = fixture;
    this.token = logIn();
  }

  String logIn() {
    token = connect("4.1.0.4", HERE).path("authtoken").asText();
    return token;
  }

  JsonNode connect(String version, String remote) {
    return GetuiFixture.json(
        raw(connecting(GetuiFixture.KEY, GetuiFixture.SECRET, version), remote));
  }

  String connecting(String key, String secret, String version) {
    String now = Long.toString(fixture.clock.millis());
    return "{'action':'connect','appkey':'%s','timeStamp':%s,'sign':'%s','version':'%s'}"
        .formatted(key, now, GetuiFixture.sign("MD5", key, now, secret), version);
  }

  Reply raw(String body, String remote) {
    return send(
        body.replace('\'', '"').getBytes(UTF_8), Headers.of("Host", "push.test:7300"), remote);
  }

  Reply send(byte[] body, Headers headers, String remote) {
    return fixture.answer(new Call("POST", PATH, "", headers, Body.of(body), remote, Map.of()));
  }

  /// Calls an action; `fields` is the rest of the body, and may be empty.
  Reply reply(String action, String fields) {
    return raw(body(action, "'authToken':'" + token + "'", fields), HERE);
  }

  static String body(String action, String token, String fields) {
    String rest = fields.isEmpty() ? "" : "," + fields;
    return "{'action':'%s','appkey':'%s',%s%s}".formatted(action, GetuiFixture.KEY, token, rest);
  }

  JsonNode call(String action, String fields) {
    return GetuiFixture.json(reply(action, fields));
  }

  String result(String action, String fields) {
    return call(action, fields).path("result").asText();
  }

  JsonNode sent(ObjectNode body) {
    body.put("appkey", GetuiFixture.KEY).put("authToken", token);
    return GetuiFixture.json(send(Json.write(body).getBytes(UTF_8), Headers.NONE, HERE));
  }

  String requestId() {
    return "'requestId':'request-" + requests.incrementAndGet() + "'";
  }

  /// Returns the fields of a message that is kept for an hour.
  static String message(String clientData, String transmission) {
    return "'clientData':'%s','transmissionContent':'%s','isOffline':true,'offlineExpireTime':3600000,'pushNetWorkType':0,'type':2"
        .formatted(clientData, transmission);
  }

  static String text(String transmission) {
    return message(WireMessages.transmission(), transmission);
  }

  String toCid(Registration phone, String message) {
    return APP + "'clientId':'" + phone.id() + "'," + requestId() + "," + message;
  }

  JsonNode push(Registration phone, String message) {
    return call("pushMessageToSingleAction", toCid(phone, message));
  }

  /// Stores a message for lists and returns its name.
  String list(String message) {
    return call("getContentIdAction", "'contentType':1," + message).path("contentId").asText();
  }

  JsonNode toList(String content, String cids, String more) {
    return call(
        "pushMessageToListAction",
        APP + "'contentId':'" + content + "','clientIdList':[" + cids + "]" + more);
  }

  /// Stores a message for the app; the answer has its name.
  JsonNode prepare(String message, String more) {
    return call("getContentIdAction", "'contentType':2,'appIdList':['appIdX']," + message + more);
  }

  JsonNode launch(String content) {
    return call("pushMessageToAppAction", "'contentId':'" + content + "'");
  }

  static String quoted(Registration... phones) {
    var text = new StringBuilder();
    for (Registration phone : phones) {
      text.append(text.isEmpty() ? "" : ",").append('\'').append(phone.id()).append('\'');
    }
    return text.toString();
  }

  /// Returns the engine's number from a task's name.
  static TaskId number(String name) {
    return new TaskId(Long.parseLong(name.substring(name.lastIndexOf('_') + 1), 16));
  }

  @Override
  public void close() {
    fixture.close();
  }
}
