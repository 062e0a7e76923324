// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.nativeapi.device;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.dialect.nativeapi.base.NativeError;
import dev.boomerang.dialect.nativeapi.identity.BindingRule;
import dev.boomerang.dialect.nativeapi.identity.IdentityClaims;
import dev.boomerang.dialect.nativeapi.identity.IdentityKey;
import dev.boomerang.dialect.nativeapi.identity.IdentityTokens;
import dev.boomerang.dialect.nativeapi.registration.RegistrationJson;
import dev.boomerang.dialect.nativeapi.request.ClientNetwork;
import dev.boomerang.dialect.nativeapi.request.RequestBody;
import dev.boomerang.engine.Engine;
import dev.boomerang.engine.deliver.AuthResult;
import dev.boomerang.engine.registration.DeviceClaim;
import dev.boomerang.engine.registration.RegisterResult;
import dev.boomerang.engine.registration.Registrations.Registered;
import dev.boomerang.model.app.App;
import dev.boomerang.model.app.KeyKind;
import dev.boomerang.model.app.Secret;
import dev.boomerang.model.registration.Device;
import dev.boomerang.model.registration.Profile;
import dev.boomerang.model.registration.Registration;
import dev.boomerang.model.registration.RegistrationId;
import dev.boomerang.web.ApiError;
import dev.boomerang.web.Dialect;
import dev.boomerang.web.HeadAuthenticator.HeadResult;
import dev.boomerang.web.Refusal;
import dev.boomerang.web.Route;
import dev.boomerang.web.field.Fields;
import dev.boomerang.web.field.Json;
import dev.boomerang.web.http.BasicAuth;
import dev.boomerang.web.http.Call;
import dev.boomerang.web.http.Reply;
import dev.boomerang.web.limit.RateLimit;
import dev.boomerang.web.limit.RateLimit.Usage;
import dev.boomerang.web.limit.RateLimit.Window;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// Serves the device API: how a device registers, changes what is known of it, and leaves.
/// `docs/device-protocol.md` has the protocol.
public final class DeviceApi implements Dialect {
  private static final String PATH = "/device/v1/registrations";
  private static final int MAX_KEY = 256;

  /// Names the header of clients whose HTTP library cannot send PATCH.
  private static final String METHOD_OVERRIDE = "X-HTTP-Method-Override";

  /// `callsPerSecond` and `registrationsPerMinute` are per remote address, `maxRegistrations` per
  /// app; 0 for no limit. `clockSkew` is how far a back end's clock may differ from ours.
  /// `origins`: which web pages may call.
  public record Config(
      int callsPerSecond,
      int registrationsPerMinute,
      int maxRegistrations,
      Duration clockSkew,
      AllowedOrigins allowedOrigins) {
    public static final Config DEFAULT =
        new Config(0, 600, 0, Duration.ofMinutes(1), AllowedOrigins.ANY);
  }

  /// Does an endpoint's work for a registration whose secret the caller has shown.
  private interface Action {
    Reply answer(Registration registration, Call call);
  }

  private final Engine engine;
  private final Supplier<GatewayAddress> gateway;
  private final Config config;
  private final RateLimit<String> rate;
  private final RateLimit<String> registrations;
  private final IdentityTokens tokens;
  private final CorsHeaders corsHeaders;

  public DeviceApi(Engine engine, Supplier<GatewayAddress> gateway, Config config, Clock clock) {
    this.engine = engine;
    this.gateway = gateway;
    this.config = config;
    this.rate = new RateLimit<>(config.callsPerSecond(), Window.SECOND, clock);
    this.registrations = new RateLimit<>(config.registrationsPerMinute(), Window.MINUTE, clock);
    this.tokens = new IdentityTokens(config.clockSkew(), clock);
    this.corsHeaders = new CorsHeaders(config.allowedOrigins());
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

  /// Returns the answer with headers that let a page read it, refusals too.
  @Override
  public Reply finish(Call head, Reply reply) {
    return corsHeaders.onto(head, reply);
  }

  @Override
  public List<Route> routes() {
    String one = PATH + "/{id}";
    return List.of(
        new Route("POST", PATH, this::register),
        new Route("OPTIONS", PATH, corsHeaders::preflight),
        new Route("GET", one, call -> own(call, (registration, _) -> show(registration))),
        new Route("PATCH", one, call -> own(call, this::change), this::check),
        new Route("POST", one, this::overridden, this::check),
        new Route("DELETE", one, call -> own(call, this::leave), this::check),
        new Route("OPTIONS", one, corsHeaders::preflight));
  }

  /// Decides from the head alone, before the body is read, whether a call for one registration may
  /// go on. A caller without the right secret gets 401 here.
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

  /// Answers `POST /device/v1/registrations`. The device key must belong to the app that the body
  /// names; a key of another app is answered with 401, as an unknown one is.
  private Reply register(Call call) {
    return limited(
        call,
        () -> {
          Fields body = RequestBody.of(call);
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

  /// Runs `answer` if the caller's address has calls left in this second, and turns its exceptions
  /// into replies; refuses with 429 otherwise.
  private Reply limited(Call call, Supplier<Reply> answer) {
    return NativeError.FAULTS.handle(
        "device " + call.path(),
        () ->
            rate.allows(call.remote())
                ? answer.get()
                : NativeError.TOO_MANY_REQUESTS.reply().with("Retry-After", "1"));
  }

  /// Registers the device for an app whose key it has shown. Refuses with 429 a network that has
  /// registered too often in this minute, with 401 a Basic proof that is wrong, and with 401 or 403
  /// a user, an alias or a device id that the app's identity mode does not let it have.
  private Reply register(App app, Fields body, Call call) {
    // Counted before the other fields are read, so malformed registrations count too.
    Usage usage = registrations.take(ClientNetwork.of(call.remote()), 1);
    if (usage.isOver()) {
      return NativeError.TOO_MANY_REQUESTS
          .reply("too many registrations from this address", "")
          .with("Retry-After", Long.toString(usage.rest().toSeconds() + 1));
    }
    Device device = DeviceFields.device(body);
    Profile profile = DeviceFields.profile(body);
    Map<String, String> channels = DeviceFields.channels(body);
    Optional<Registration> shown = shown(app, call);
    if (shown.isEmpty() && saysBasic(call)) {
      return unauthorized();
    }
    Optional<IdentityClaims> claims = claims(app, DeviceFields.identityToken(body));
    Optional<String> name =
        device.deviceId().or(() -> shown.flatMap(known -> known.device().deviceId()));
    claims.ifPresent(good -> checkDevice(good, name, shown.map(Registration::id)));
    Profile before = shown.map(Registration::profile).orElse(Profile.EMPTY);
    BindingRule.check(app.identityMode(), before, profile.or(before), claims);
    // A token for the registration's own id says nothing of a device id.
    Optional<String> tokenUser =
        claims
            .filter(good -> device.deviceId().filter(good.device()::equals).isPresent())
            .map(IdentityClaims::user);
    var claim = new DeviceClaim(app.identityMode(), shown, tokenUser);
    return switch (engine
        .registrations()
        .register(app.id(), device, profile, channels, claim, config.maxRegistrations())) {
      case RegisterResult.Done(Registered registered) -> registered(registered, call);
      case RegisterResult.ProofRequired _ -> throw BindingRule.required("deviceId");
      case RegisterResult.LimitReached _ -> NativeError.TOO_MANY_REGISTRATIONS.reply();
    };
  }

  /// Returns 201 with the id, the secret and the address of the gateway. The server keeps only a
  /// hash of the secret, so this is the only answer that has it.
  private Reply registered(Registered registered, Call call) {
    GatewayAddress address = gateway.get();
    ObjectNode json =
        Json.object()
            .put("registrationId", registered.registration().id().value())
            .put("secret", registered.secret().reveal());
    json.putObject("gateway")
        .put("host", address.host(call.header("Host")))
        .put("port", address.port());
    return Reply.json(201, Json.write(json));
  }

  /// Returns the registration whose id and secret the caller shows, if it is the app's.
  private Optional<Registration> shown(App app, Call call) {
    return BasicAuth.of(call)
        .flatMap(
            basicAuth ->
                RegistrationId.parse(basicAuth.user())
                    .flatMap(id -> admitted(id, basicAuth.password())))
        .filter(registration -> registration.app().equals(app.id()));
  }

  /// Returns whether the caller offers a Basic proof. A wrong proof is refused. Another scheme is
  /// no proof at all: some clients send a header of theirs with every call.
  private static boolean saysBasic(Call call) {
    return call.header("Authorization")
        .filter(value -> value.regionMatches(true, 0, "Basic", 0, 5))
        .isPresent();
  }

  /// Returns what a token says, which is of no interest in the open mode.
  private Optional<IdentityClaims> claims(App app, Optional<String> token) {
    return switch (app.identityMode()) {
      case OPEN -> Optional.empty();
      case SIGNED ->
          token.map(
              text ->
                  tokens.verify(
                      text, app.id(), engine.apps().identityKey(app.id()).map(IdentityKey::read)));
    };
  }

  /// Throws [IdentityException] unless the token's `did` is the device id or the registration id. A
  /// token of another device would else bind its user to this one.
  private static void checkDevice(
      IdentityClaims claims, Optional<String> deviceId, Optional<RegistrationId> id) {
    boolean isIts =
        deviceId.filter(claims.device()::equals).isPresent()
            || id.map(RegistrationId::value).filter(claims.device()::equals).isPresent();
    if (!isIts) {
      throw BindingRule.mismatch("deviceId", "did");
    }
  }

  /// Treats a POST with `X-HTTP-Method-Override: PATCH` as a PATCH; refuses any other POST with
  /// 405.
  private Reply overridden(Call call) {
    return call.header(METHOD_OVERRIDE).filter("PATCH"::equalsIgnoreCase).isPresent()
        ? own(call, this::change)
        : ApiError.of(405, "method-not-allowed", "this path takes GET, PATCH and DELETE");
  }

  private static Reply show(Registration registration) {
    return Reply.json(200, Json.write(RegistrationJson.of(registration)));
  }

  /// Answers PATCH: changes the members that the body has, and returns the registration as it is
  /// then. Answers 404 if the registration was removed since its secret was checked.
  private Reply change(Registration registration, Call call) {
    ObjectNode changes = DeviceFields.object(call.body());
    DeviceFields.checkChanges(changes);
    App app = engine.apps().find(registration.app()).orElseThrow();
    Optional<IdentityClaims> claims = claims(app, DeviceFields.identityToken(Fields.of(changes)));
    claims.ifPresent(
        good ->
            checkDevice(good, registration.device().deviceId(), Optional.of(registration.id())));
    return engine
        .registrations()
        .update(
            registration.id(),
            before -> {
              Registration after = DeviceFields.changed(before, changes);
              // Checked against what is stored at this moment: the update may run again after a
              // concurrent one.
              BindingRule.check(app.identityMode(), before.profile(), after.profile(), claims);
              return after;
            })
        .map(DeviceApi::show)
        .orElseGet(NativeError.NOT_FOUND::reply);
  }

  /// Answers DELETE: removes the registration, ends its connection and closes what waits for it.
  private Reply leave(Registration registration, Call call) {
    engine.registrations().unregister(registration.id());
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

  /// Returns 401 with a Basic challenge, because these calls show an id and a secret and no token.
  private static Reply unauthorized() {
    return NativeError.UNAUTHORIZED.reply().with("WWW-Authenticate", "Basic");
  }

  /// Returns the registration if the Basic user is the `id` of the path and its secret is right.
  /// The secret of one registration opens no other.
  private Optional<Registration> authenticated(Call call, RegistrationId id) {
    return BasicAuth.of(call)
        .filter(basicAuth -> basicAuth.user().equals(id.value()))
        .flatMap(basicAuth -> admitted(id, basicAuth.password()));
  }

  private Optional<Registration> admitted(RegistrationId id, Secret secret) {
    return switch (engine.devices().authenticate(id, secret)) {
      case AuthResult.Authenticated(Registration registration, _) -> Optional.of(registration);
      case AuthResult.Rejected _ -> Optional.empty();
    };
  }
}
