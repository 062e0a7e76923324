// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.server.config;

import dev.boomerang.dialect.getui.GetuiConfig;
import dev.boomerang.dialect.getui.limit.Quota;
import dev.boomerang.dialect.jpush.base.CallerAddresses;
import dev.boomerang.dialect.jpush.base.JpushConfig;
import dev.boomerang.dialect.mpaas.MpaasConfig;
import dev.boomerang.dialect.nativeapi.DeviceApi;
import dev.boomerang.dialect.nativeapi.NativeApi;
import dev.boomerang.dialect.nativeapi.Origins;
import dev.boomerang.dialect.vivo.VivoConfig;
import dev.boomerang.engine.base.Limits;
import dev.boomerang.engine.webhook.WebhookDispatcher;
import dev.boomerang.gateway.config.GatewayConfig;
import dev.boomerang.model.app.IdentityMode;
import dev.boomerang.model.app.Secret;
import dev.boomerang.model.push.Recall;
import dev.boomerang.model.text.TrustedProxies;
import dev.boomerang.server.config.StoreSettings.Kind;
import dev.boomerang.server.config.StoreSettings.MasterKeySettings;
import dev.boomerang.server.http.HttpConfig;
import dev.boomerang.server.http.OutboundConfig;
import dev.boomerang.store.postgres.PostgresConfig;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// Everything that is set. Reading it checks it: what comes out can be run, as far as can be told
/// without trying.
public record Settings(
    HttpConfig http,
    GatewaySettings gateway,
    StoreSettings store,
    LimitsSettings limits,
    MpaasConfig mpaas,
    JpushConfig jpush,
    CallbackSettings callbacks,
    GetuiConfig getui,
    VivoConfig vivo,
    LogSettings log,
    Duration startupTimeout) {
  private static final int MANY = 100_000_000;
  private static final int GIB = 1 << 30;
  private static final long MIB = 1L << 20;
  private static final long TEBI = 1L << 40;
  private static final String AUTO = "auto";
  private static final Duration MILLI = Duration.ofMillis(1);
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration TEN_YEARS = Duration.ofDays(3_650);
  private static final Duration MAX_CLOCK_SKEW = Duration.ofMinutes(10);
  private static final int MAX_NODE = 31;
  private static final Duration MAX_CALLBACK = Duration.ofMinutes(5);

  /// For the clocks of two nodes, and for a slow store.
  private static final Duration LEASE_MARGIN = Duration.ofSeconds(10);

  /// Throws [ConfigFault] for the first setting that cannot be taken.
  public static Settings of(Sources sources) {
    return of(sources.values());
  }

  static Settings of(Values values) {
    return new Settings(
        http(values),
        gateway(values),
        store(values),
        limits(values),
        mpaas(values),
        jpush(values),
        callbacks(values),
        getui(values),
        vivo(values),
        log(values),
        values.duration("startup-timeout", SECOND, DAY));
  }

  /// Returns the files that hold secrets and are for this server alone, whether they are there or
  /// not.
  public List<Path> secretFiles() {
    var files = new ArrayList<>(List.of(store.dataDir().resolve("demo.json")));
    if (store.masterKey().key().isEmpty()) {
      files.add(store.masterKey().file());
    }
    http.tls().map(HttpConfig.Tls::key).ifPresent(files::add);
    gateway.config().listen().tls().map(GatewayConfig.Tls::key).ifPresent(files::add);
    return List.copyOf(files);
  }

  private static HttpConfig http(Values values) {
    OptionalInt port = values.portOrOff("https-port");
    Optional<Path> certificate = values.file("https-cert-file");
    Optional<Path> key = values.file("https-key-file");
    if (port.isPresent() && (certificate.isEmpty() || key.isEmpty())) {
      throw values.fault("https-port", "needs https-cert-file and https-key-file");
    }
    if (port.isEmpty() && (certificate.isPresent() || key.isPresent())) {
      throw values.fault(
          certificate.isPresent() ? "https-cert-file" : "https-key-file", "needs https-port");
    }
    if (port.isPresent()) {
      PemFiles.check(
          values,
          "https-cert-file",
          certificate.orElseThrow(),
          "https-key-file",
          key.orElseThrow());
    }
    return new HttpConfig(
        values.requiredText("http-host"),
        values.port("http-port"),
        port.isEmpty()
            ? Optional.empty()
            : Optional.of(
                new HttpConfig.Tls(port.getAsInt(), certificate.orElseThrow(), key.orElseThrow())),
        new HttpConfig.Limits(
            values.size("http-max-body", 1_024, GIB),
            values.number("http-max-in-flight", 1, MANY),
            values
                .sizeOr("http-memory", AUTO, MIB, TEBI)
                .orElseGet(HttpConfig.Limits::defaultMemory),
            new HttpConfig.MaxConnections(
                values.number("http-max-connections", 1, MANY),
                values.number("http-max-connections-per-address", 1, MANY)),
            values.duration("http-call-time", MILLI, DAY),
            values.duration("http-idle-time", MILLI, DAY),
            values.duration("stop-time", MILLI, DAY)),
        trustedProxies(values));
  }

  private static TrustedProxies trustedProxies(Values values) {
    return TrustedProxies.parse(values.text("trusted-proxies"))
        .orElseThrow(
            () ->
                values.fault("trusted-proxies", "must have addresses, or ranges like 10.0.0.0/8"));
  }

  private static GatewaySettings gateway(Values values) {
    var listen =
        new GatewayConfig.Listen(
            values.requiredText("gateway-host"), values.port("gateway-port"), gatewayTls(values));
    int inFlight = values.number("gateway-in-flight", 1, 1_024);
    int queue = values.number("gateway-queue", 2, 16_384);
    int maxPacket = values.size("gateway-max-packet", 1_024, 256 << 20);
    int low = values.size("gateway-low-water", 0, GIB);
    int high = values.size("gateway-high-water", 0, GIB);
    var flow =
        values.together(
            List.of("gateway-low-water", "gateway-high-water"),
            () -> new GatewayConfig.Flow(maxPacket, inFlight, queue, low, high));
    var timeouts =
        new GatewayConfig.Timeouts(
            values.duration("gateway-connect-time", SECOND, DAY),
            values.duration("gateway-longest-keep-alive", SECOND, Duration.ofSeconds(65_535)));
    var loginLimits =
        new GatewayConfig.LoginLimits(
            values.number("gateway-throttle-failures", 1, MANY),
            values.number("gateway-throttle-registration-failures", 1, MANY),
            values.duration("gateway-throttle-window", SECOND, DAY),
            values.duration("gateway-throttle-delay", Duration.ZERO, Duration.ofMinutes(1)),
            values.number("gateway-concurrent-logins", 1, 10_000));
    var peers =
        new GatewayConfig.Peers(
            trustedProxies(values), values.number("gateway-max-pending-per-address", 0, MANY));
    return new GatewaySettings(
        new GatewayConfig(
            listen,
            flow,
            timeouts,
            loginLimits,
            peers,
            values.number("gateway-event-loops", 0, 1_024),
            values.number("gateway-max-connections", 1, MANY)),
        values.text("gateway-public-host"),
        values.words("gateway-allowed-hosts"),
        values.port("gateway-public-port"));
  }

  private static Optional<GatewayConfig.Tls> gatewayTls(Values values) {
    Optional<Path> certificate = values.file("gateway-cert-file");
    Optional<Path> key = values.file("gateway-key-file");
    if (certificate.isPresent() != key.isPresent()) {
      throw values.fault(
          certificate.isPresent() ? "gateway-cert-file" : "gateway-key-file",
          "needs gateway-cert-file and gateway-key-file together");
    }
    if (certificate.isPresent() && key.isPresent()) {
      PemFiles.check(values, "gateway-cert-file", certificate.get(), "gateway-key-file", key.get());
    }
    return certificate.map(chain -> new GatewayConfig.Tls(chain, key.orElseThrow()));
  }

  private static StoreSettings store(Values values) {
    Path dataDir = values.path("data-dir");
    Optional<PostgresConfig> postgres = postgres(values);
    return new StoreSettings(
        dataDir,
        postgres.<Kind>map(Kind.Postgres::new).orElseGet(Kind.Sqlite::new),
        values.number("node", 0, MAX_NODE),
        new MasterKeySettings(
            values.secret("master-key"),
            values.optionalPath("master-key-file").orElse(dataDir.resolve("master.key"))));
  }

  private static Optional<PostgresConfig> postgres(Values values) {
    String url = values.text("postgres-url");
    String user = values.text("postgres-user");
    Secret password = values.secret("postgres-password").orElse(new Secret(""));
    int pool = values.number("postgres-pool", 2, 10_000);
    int lanes = values.number("postgres-lanes", 1, 10_000);
    Duration patience = values.duration("postgres-patience", SECOND, DAY);
    if (values.choice("store", List.of("sqlite", "postgres")).equals("sqlite")) {
      return Optional.empty();
    }
    if (!url.startsWith("jdbc:postgresql:")) {
      throw values.fault("postgres-url", "must begin with jdbc:postgresql:");
    }
    return Optional.of(
        values.together(
            List.of("postgres-pool", "postgres-lanes"),
            () -> new PostgresConfig(url, user, password, pool, lanes, patience)));
  }

  private static LimitsSettings limits(Values values) {
    int maxTargets = values.number("max-targets", 1, MANY);
    int maxRows = values.number("max-rows", 0, MANY);
    int mailbox = values.number("max-mailbox", 0, MANY);
    int maxPayload = values.size("max-payload", 1, GIB);
    Duration maxLifetime = values.duration("max-lifetime", SECOND, TEN_YEARS);
    Duration retention = values.duration("retention", SECOND, TEN_YEARS);
    var perApp =
        new Limits.PerApp(
            values.number("max-templates", 0, MANY),
            values.number("max-schedules", 0, MANY),
            values.duration("schedule-horizon", SECOND, TEN_YEARS));
    Duration removedIds = values.duration("removed-ids", Duration.ZERO, TEN_YEARS);
    return new LimitsSettings(
        values.together(
            List.of("max-lifetime", "retention"),
            () ->
                new Limits(
                    maxTargets,
                    maxRows,
                    mailbox,
                    maxPayload,
                    maxLifetime,
                    retention,
                    perApp,
                    removedIds)),
        new NativeApi.Config(
            values.duration("native-default-ttl", SECOND, maxLifetime),
            values.number("native-calls-per-second", 0, MANY)),
        new DeviceApi.Config(
            values.number("device-calls-per-second", 0, MANY),
            values.number("device-registrations-per-minute", 0, MANY),
            values.number("max-registrations", 0, MANY),
            values.duration("device-identity-clock-skew", Duration.ZERO, MAX_CLOCK_SKEW),
            Origins.parse(values.text("device-origins"))
                .orElseThrow(
                    () ->
                        values.fault(
                            "device-origins",
                            "must be * or origins like https://app.example.com, between commas"))),
        demoIdentityMode(values),
        values.file("sensitive-words"));
  }

  private static IdentityMode demoIdentityMode(Values values) {
    List<String> words = Arrays.stream(IdentityMode.values()).map(IdentityMode::wire).toList();
    return IdentityMode.parse(values.choice("demo-identity-mode", words)).orElseThrow();
  }

  private static MpaasConfig mpaas(Values values) {
    return new MpaasConfig(
        values.duration("mpaas-max-lifetime", SECOND, TEN_YEARS),
        values.size("mpaas-max-payload", 1, GIB),
        values.number("mpaas-calls-per-second", 0, MANY),
        values.number("mpaas-max-nonces", 1, Integer.MAX_VALUE),
        values.number("mpaas-max-multiple", 1, MANY),
        values.zone("mpaas-zone"),
        values.text("mpaas-recommend"));
  }

  private static JpushConfig jpush(Values values) {
    return new JpushConfig(
        values.duration("jpush-recall-window", SECOND, Recall.WINDOW),
        values.duration("jpush-override-window", SECOND, TEN_YEARS),
        isYes(values, "jpush-strict"),
        isYes(values, "jpush-empty-bodies"),
        values.size("jpush-max-payload", 1, GIB),
        values.size("jpush-max-ios-payload", 1, GIB),
        values.number("jpush-broadcasts-per-day", 0, MANY),
        values.number("jpush-devices-per-alias", 0, MANY),
        new JpushConfig.Rates(
            values.number("jpush-pushes-per-minute", 0, MANY),
            values.number("jpush-device-calls-per-minute", 0, MANY),
            values.number("jpush-report-calls-per-minute", 0, MANY),
            values.number("jpush-schedule-calls-per-minute", 0, MANY),
            values.number("jpush-file-calls-per-minute", 0, MANY)),
        values.zone("jpush-zone"),
        CallerAddresses.parse(values.text("jpush-callers"))
            .orElseThrow(
                () ->
                    values.fault(
                        "jpush-callers", "must have addresses, or ranges like 10.0.0.0/8")),
        developer(values));
  }

  private static Optional<JpushConfig.Developer> developer(Values values) {
    String key = values.text("jpush-developer-key");
    Optional<Secret> secret = values.secret("jpush-developer-secret");
    if (key.isEmpty() != secret.isEmpty()) {
      throw values.fault(
          key.isEmpty() ? "jpush-developer-secret" : "jpush-developer-key",
          "needs jpush-developer-key and jpush-developer-secret together");
    }
    return secret.map(text -> new JpushConfig.Developer(key, text));
  }

  /// A request may take its patience twice: to find the host, and to call it.
  private static CallbackSettings callbacks(Values values) {
    Duration patience = values.duration("callback-timeout", MILLI.multipliedBy(100), MAX_CALLBACK);
    return new CallbackSettings(
        new WebhookDispatcher.Config(
            values.number("callback-requests", 1, 10_000),
            values.duration("callback-give-up", SECOND, TEN_YEARS),
            patience.multipliedBy(2).plus(LEASE_MARGIN),
            true),
        new OutboundConfig(patience, isYes(values, "callback-private-addresses")));
  }

  private static GetuiConfig getui(Values values) {
    Map<Quota, Integer> quotas = new EnumMap<>(Quota.class);
    for (Quota quota : Quota.values()) {
      quotas.put(quota, values.number("getui-" + quota.wire(), 0, MANY));
    }
    quotas.values().removeIf(limit -> limit == 0);
    return new GetuiConfig(
        values.zone("getui-zone"),
        values.duration("getui-token-life", SECOND, TEN_YEARS),
        values.duration("getui-clock-tolerance", Duration.ZERO, TEN_YEARS),
        values.duration("getui-idle", Duration.ZERO, TEN_YEARS),
        isYes(values, "getui-address-sessions"),
        values.duration("getui-default-ttl", SECOND, Duration.ofDays(3)),
        values.number("getui-cids-per-alias", 0, MANY),
        quotas);
  }

  private static VivoConfig vivo(Values values) {
    return new VivoConfig(
        values.duration("vivo-inactive-after", SECOND, TEN_YEARS),
        values.duration("vivo-recall-inactive-after", SECOND, TEN_YEARS),
        values.duration("vivo-repeat-window", SECOND, DAY),
        values.requiredText("vivo-test-tag"),
        values.addresses("vivo-receipts"),
        new VivoConfig.Categories(
            values.words("vivo-system-categories"), values.words("vivo-operational-categories")),
        new VivoConfig.Quotas(
            values.number("vivo-auths-per-second", 0, MANY),
            values.number("vivo-status-queries-per-second", 0, MANY),
            values.number("vivo-pushes-per-second", 0, MANY),
            values.number("vivo-pushes-per-day", 0, MANY),
            values.number("vivo-list-payloads-per-day", 0, MANY),
            values.number("vivo-broadcasts-per-day", 0, MANY),
            values.number("vivo-messages-per-device-per-day", 0, MANY)),
        values
            .timeSpan("vivo-operational-hours")
            .map(span -> new VivoConfig.Hours(span.from(), span.to())),
        values.zone("vivo-zone"));
  }

  private static boolean isYes(Values values, String name) {
    return values.choice(name, List.of("yes", "no")).equals("yes");
  }

  private static LogSettings log(Values values) {
    String format = values.choice("log-format", List.of("text", "json"));
    String level = values.choice("log-level", List.of("debug", "info", "warn", "error"));
    return new LogSettings(
        LogSettings.Format.valueOf(format.toUpperCase(Locale.ROOT)),
        switch (level) {
          case "debug" -> Level.DEBUG;
          case "info" -> Level.INFO;
          case "warn" -> Level.WARNING;
          default -> Level.ERROR;
        });
  }
}
