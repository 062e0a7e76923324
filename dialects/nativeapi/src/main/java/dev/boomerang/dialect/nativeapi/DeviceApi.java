// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.nativeapi;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.engine.Admission;
import dev.boomerang.engine.Engine;
import dev.boomerang.engine.Registrations.Registered;
import dev.boomerang.model.App;
import dev.boomerang.model.KeyKind;
import dev.boomerang.model.Registration;
import dev.boomerang.model.RegistrationId;
import dev.boomerang.model.Secret;
import dev.boomerang.web.Basic;
import dev.boomerang.web.Call;
import dev.boomerang.web.Dialect;
import dev.boomerang.web.Fields;
import dev.boomerang.web.HeadAuthenticator.HeadResult;
import dev.boomerang.web.Json;
import dev.boomerang.web.Problem;
import dev.boomerang.web.RateLimit;
import dev.boomerang.web.RateLimit.Window;
import dev.boomerang.web.Refusal;
import dev.boomerang.web.Reply;
import dev.boomerang.web.Route;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// The device API: how a device registers, changes what is known of it, and leaves. DESIGN §7 has
/// the protocol.
public final class DeviceApi implements Dialect {
  private static final String PATH = "/device/v1/registrations";
  private static final int MAX_KEY = 256;

  /// For clients whose HTTP library cannot send PATCH.
  private static final String METHOD_OVERRIDE = "X-HTTP-Method-Override";

  /// Where devices connect. With an empty `host` a device is told the host it asked.
  public record GatewayAddress(String host, int port) {}

  /// `callsPerSecond` is per remote address, 0 for no limit. `origins`: which web pages may call.
  public record Config(int callsPerSecond, Origins origins) {
    public static final Config DEFAULT = new Config(0, Origins.ANY);
  }

  private interface Action {
    Reply answer(Registration registration, Call call);
  }

  private final Engine engine;
  private final Supplier<GatewayAddress> gateway;
  private final RateLimit<String> rate;
  private final Cors cors;

  public DeviceApi(Engine engine, Supplier<GatewayAddress> gateway, Config config, Clock clock) {
    this.engine = engine;
    this.gateway = gateway;
    this.rate = new RateLimit<>(config.callsPerSecond(), Window.SECOND, clock);
    this.cors = new Cors(config.origins());
  }

  @Override
  public String name() {
    return "device";
  }

  @Override
  public List<String> prefixes() {
    return List.of("/device");
  }

  @Override
  public Reply refuse(Refusal refusal, Call head) {
    return refusal.plain();
  }

  /// A page may read every answer, refusals too.
  @Override
  public Reply finish(Call head, Reply reply) {
    return cors.onto(head, reply);
  }

  @Override
  public List<Route> routes() {
    String one = PATH + "/{id}";
    return List.of(
        new Route("POST", PATH, this::register),
        new Route("OPTIONS", PATH, cors::preflight),
        new Route("GET", one, call -> own(call, (registration, _) -> show(registration))),
        new Route("PATCH", one, call -> own(call, this::change), this::check),
        new Route("POST", one, this::overridden, this::check),
        new Route("DELETE", one, call -> own(call, this::leave), this::check),
        new Route("OPTIONS", one, cors::preflight));
  }

  private HeadResult check(Call head) {
    return HeadResult.guarded(
        NativeError.FAULTS,
        "device " + head.path(),
        () ->
            RegistrationId.parse(head.param("id"))
                .flatMap(id -> authenticated(head, id))
                .<HeadResult>map(
                    registration ->
                        new HeadResult.Authenticated("device " + registration.id().value()))
                .orElseGet(() -> new HeadResult.Refused(unauthorized())));
  }

  private Reply register(Call call) {
    return limited(
        call,
        () -> {
          Fields body = Fields.of(call.body(), "body");
          String appId = body.requiredText("appId", MAX_KEY);
          String deviceKey = body.requiredText("deviceKey", MAX_KEY);
          return engine
              .apps()
              .bearer(KeyKind.DEVICE, deviceKey)
              .filter(found -> found.id().value().equals(appId))
              .map(found -> register(found, body, call))
              .orElseGet(NativeError.UNAUTHORIZED::reply);
        });
  }

  private Reply limited(Call call, Supplier<Reply> answer) {
    return NativeError.FAULTS.guard(
        "device " + call.path(),
        () ->
            rate.allows(call.remote())
                ? answer.get()
                : NativeError.TOO_MANY_REQUESTS.reply().with("Retry-After", "1"));
  }

  private Reply register(App app, Fields body, Call call) {
    Registered registered =
        engine
            .registrations()
            .register(
                app.id(),
                DeviceFields.device(body),
                DeviceFields.profile(body),
                DeviceFields.channels(body));
    GatewayAddress address = gateway.get();
    String host = address.host().isEmpty() ? askedHost(call) : address.host();
    ObjectNode json =
        Json.object()
            .put("registrationId", registered.registration().id().value())
            .put("secret", registered.secret().reveal());
    json.putObject("gateway").put("host", host).put("port", address.port());
    return Reply.json(201, Json.write(json));
  }

  private static String askedHost(Call call) {
    String host = call.header("Host").orElse("localhost");
    int port = host.lastIndexOf(':');
    return port > host.lastIndexOf(']') ? host.substring(0, port) : host;
  }

  private Reply overridden(Call call) {
    return call.header(METHOD_OVERRIDE).filter("PATCH"::equalsIgnoreCase).isPresent()
        ? own(call, this::change)
        : Problem.of(405, "method-not-allowed", "this path takes GET, PATCH and DELETE");
  }

  private static Reply show(Registration registration) {
    return Reply.json(200, Json.write(RegistrationJson.of(registration)));
  }

  private Reply change(Registration registration, Call call) {
    ObjectNode changes = DeviceFields.object(call.body());
    DeviceFields.checkChanges(changes);
    return engine
        .registrations()
        .update(registration.id(), before -> DeviceFields.changed(before, changes))
        .map(DeviceApi::show)
        .orElseGet(NativeError.NOT_FOUND::reply);
  }

  private Reply leave(Registration registration, Call call) {
    engine.registrations().leave(registration.id());
    return Reply.empty(204);
  }

  /// Runs the action for the registration whose id and secret the caller shows.
  private Reply own(Call call, Action action) {
    return limited(
        call,
        () ->
            RegistrationId.parse(call.param("id"))
                .flatMap(id -> authenticated(call, id))
                .map(registration -> action.answer(registration, call))
                .orElseGet(DeviceApi::unauthorized));
  }

  private static Reply unauthorized() {
    return NativeError.UNAUTHORIZED.reply().with("WWW-Authenticate", "Basic");
  }

  private Optional<Registration> authenticated(Call call, RegistrationId id) {
    return Basic.of(call)
        .filter(basic -> basic.user().equals(id.value()))
        .flatMap(basic -> admitted(id, basic.password()));
  }

  private Optional<Registration> admitted(RegistrationId id, Secret secret) {
    return switch (engine.devices().admit(id, secret)) {
      case Admission.Welcome(Registration registration) -> Optional.of(registration);
      case Admission.Refused _ -> Optional.empty();
    };
  }
}
