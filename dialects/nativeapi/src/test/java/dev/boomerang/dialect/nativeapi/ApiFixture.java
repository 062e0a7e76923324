// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.nativeapi;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.boomerang.dialect.nativeapi.device.DeviceApi;
import dev.boomerang.dialect.nativeapi.device.GatewayAddress;
import dev.boomerang.engine.Engine;
import dev.boomerang.kit.fixture.EngineFixture;
import dev.boomerang.kit.fixture.Fixtures;
import dev.boomerang.kit.fixture.ManualClock;
import dev.boomerang.kit.memory.MemoryStore;
import dev.boomerang.model.app.AppId;
import dev.boomerang.model.app.Key;
import dev.boomerang.model.app.KeyKind;
import dev.boomerang.model.app.Secret;
import dev.boomerang.port.Store;
import dev.boomerang.web.Routes;
import dev.boomerang.web.field.Json;
import dev.boomerang.web.http.Body;
import dev.boomerang.web.http.Call;
import dev.boomerang.web.http.Headers;
import dev.boomerang.web.http.Reply;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Calls both APIs without a network, over an engine in memory with two apps.
public final class ApiFixture implements AutoCloseable {
  public final ManualClock clock = new ManualClock(Fixtures.NOW);
  public final Engine engine;
  private final EngineFixture fixture;
  private final Routes routes;
  public String publicHost = "";

  public ApiFixture() {
    this(NativeApi.Config.DEFAULT, DeviceApi.Config.DEFAULT);
  }

  public ApiFixture(NativeApi.Config api, DeviceApi.Config devices) {
    this(api, devices, new MemoryStore());
  }

  ApiFixture(Store store) {
    this(NativeApi.Config.DEFAULT, DeviceApi.Config.DEFAULT, store);
  }

  private ApiFixture(NativeApi.Config api, DeviceApi.Config devices, Store store) {
    fixture = EngineFixture.inMemory(clock).withStore(store).open();
    engine = fixture.engine();
    add(Fixtures.SHOP);
    add(Fixtures.BANK);
    routes =
        new Routes(
            List.of(
                new NativeApi(engine, api, clock),
                new DeviceApi(engine, this::gatewayAddress, devices, clock)),
            List.of());
  }

  private GatewayAddress gatewayAddress() {
    return new GatewayAddress(publicHost, Set.of("push.example"), "0.0.0.0", 7310);
  }

  private void add(AppId app) {
    var none = new Secret("");
    fixture.addApp(
        app,
        "default",
        new Key(NativeKeyKind.KIND, app + "-token", app, none, true),
        new Key(KeyKind.DEVICE, app + "-device", app, none, true));
  }

  public Reply call(String method, String target, Headers headers, String body) {
    int question = target.indexOf('?');
    String path = question < 0 ? target : target.substring(0, question);
    String query = question < 0 ? "" : target.substring(question + 1);
    return routes.answer(
        new Call(method, path, query, headers, Body.of(body), "127.0.0.1", Map.of()));
  }

  public Reply asApp(AppId app, String method, String target, String body) {
    return call(method, target, Headers.of("Authorization", "Bearer " + app + "-token"), body);
  }

  public Reply asDevice(Registered device, String method, String body) {
    return call(method, "/device/v1/registrations/" + device.id(), basic(device), body);
  }

  public static Headers basic(Registered device) {
    String pair = device.id() + ":" + device.secret();
    return Headers.of(
        "Authorization", "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(UTF_8)));
  }

  public record Registered(String id, String secret) {}

  public Registered register(AppId app, String more) {
    return registered(register(app, Headers.of("Host", "push.example:7300"), more));
  }

  public Reply register(AppId app, Headers headers, String more) {
    return call("POST", "/device/v1/registrations", headers, registration(app, more));
  }

  public Reply registerFrom(String remote, String more) {
    return routes.answer(
        new Call(
            "POST",
            "/device/v1/registrations",
            "",
            Headers.NONE,
            Body.of(registration(Fixtures.SHOP, more)),
            remote,
            Map.of()));
  }

  private static String registration(AppId app, String more) {
    return "{\"appId\":\"%s\",\"deviceKey\":\"%s-device\",\"platform\":\"android\"%s}"
        .formatted(app, app, more);
  }

  public static Registered registered(Reply reply) {
    JsonNode json = json(reply);
    return new Registered(json.path("registrationId").asText(), json.path("secret").asText());
  }

  public static JsonNode json(Reply reply) {
    return Json.read(reply.body()).orElseThrow();
  }

  public static String code(Reply reply) {
    return json(reply).path("error").path("code").asText();
  }

  public static String field(Reply reply) {
    return json(reply).path("error").path("field").asText();
  }

  @Override
  public void close() {
    fixture.close();
  }
}
