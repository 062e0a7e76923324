// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.server.config;

import dev.boomerang.dialect.getui.GetuiConfig;
import dev.boomerang.dialect.getui.limit.Quota;
import dev.boomerang.dialect.jpush.base.CallerAddresses;
import dev.boomerang.dialect.jpush.base.JpushConfig;
import dev.boomerang.dialect.mpaas.MpaasConfig;
import dev.boomerang.dialect.nativeapi.NativeApi;
import dev.boomerang.dialect.nativeapi.device.AllowedOrigins;
import dev.boomerang.dialect.nativeapi.device.DeviceApi;
import dev.boomerang.dialect.vivo.base.VivoConfig;
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
import dev.boomerang.server.http.WebhookClientConfig;
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
    WebhookSettings callbacks,
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

  /// The margin of a lease, for the difference of two nodes' clocks and for a slow store.
  private static final Duration LEASE_MARGIN = Duration.ofSeconds(10);

  /// Throws [InvalidSettingException] for the first setting that cannot be taken.
  public static Settings of(SettingSources settingSources) {
    return of(settingSources.settingValues());
  }

  static Settings of(SettingValues settingValues) {
    return new Settings(
        http(settingValues),
        gateway(settingValues),
        store(settingValues),
        limits(settingValues),
        mpaas(settingValues),
        jpush(settingValues),
        callbacks(settingValues),
        getui(settingValues),
        vivo(settingValues),
        log(settingValues),
        settingValues.duration("startup-timeout", SECOND, DAY));
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

  private static HttpConfig http(SettingValues settingValues) {
    OptionalInt port = settingValues.portOrOff("https-port");
    Optional<Path> certificate = settingValues.file("https-cert-file");
    Optional<Path> key = settingValues.file("https-key-file");
    if (port.isPresent() && (certificate.isEmpty() || key.isEmpty())) {
      throw settingValues.fault("https-port", "needs https-cert-file and https-key-file");
    }
    if (port.isEmpty() && (certificate.isPresent() || key.isPresent())) {
      throw settingValues.fault(
          certificate.isPresent() ? "https-cert-file" : "https-key-file", "needs https-port");
    }
    if (port.isPresent()) {
      PemFiles.check(
          settingValues,
          "https-cert-file",
          certificate.orElseThrow(),
          "https-key-file",
          key.orElseThrow());
    }
    return new HttpConfig(
        settingValues.requiredText("http-host"),
        settingValues.port("http-port"),
        port.isEmpty()
            ? Optional.empty()
            : Optional.of(
                new HttpConfig.Tls(port.getAsInt(), certificate.orElseThrow(), key.orElseThrow())),
        new HttpConfig.Limits(
            settingValues.size("http-max-body", 1_024, GIB),
            settingValues.number("http-max-in-flight", 1, MANY),
            settingValues
                .sizeOr("http-memory", AUTO, MIB, TEBI)
                .orElseGet(HttpConfig.Limits::defaultMemory),
            new HttpConfig.MaxConnections(
                settingValues.number("http-max-connections", 1, MANY),
                settingValues.number("http-max-connections-per-address", 1, MANY)),
            settingValues.duration("http-call-time", MILLI, DAY),
            settingValues.duration("http-idle-time", MILLI, DAY),
            settingValues.duration("stop-time", MILLI, DAY)),
        trustedProxies(settingValues));
  }

  private static TrustedProxies trustedProxies(SettingValues settingValues) {
    return TrustedProxies.parse(settingValues.text("trusted-proxies"))
        .orElseThrow(
            () ->
                settingValues.fault(
                    "trusted-proxies", "must have addresses, or ranges like 10.0.0.0/8"));
  }

  private static GatewaySettings gateway(SettingValues settingValues) {
    var listen =
        new GatewayConfig.Listen(
            settingValues.requiredText("gateway-host"),
            settingValues.port("gateway-port"),
            gatewayTls(settingValues));
    int inFlight = settingValues.number("gateway-in-flight", 1, 1_024);
    int queue = settingValues.number("gateway-queue", 2, 16_384);
    int maxPacket = settingValues.size("gateway-max-packet", 1_024, 256 << 20);
    int low = settingValues.size("gateway-low-water", 0, GIB);
    int high = settingValues.size("gateway-high-water", 0, GIB);
    var flow =
        settingValues.together(
            List.of("gateway-low-water", "gateway-high-water"),
            () -> new GatewayConfig.Flow(maxPacket, inFlight, queue, low, high));
    var timeouts =
        new GatewayConfig.Timeouts(
            settingValues.duration("gateway-connect-time", SECOND, DAY),
            settingValues.duration(
                "gateway-longest-keep-alive", SECOND, Duration.ofSeconds(65_535)));
    var loginLimits =
        new GatewayConfig.LoginLimits(
            settingValues.number("gateway-throttle-failures", 1, MANY),
            settingValues.number("gateway-throttle-registration-failures", 1, MANY),
            settingValues.duration("gateway-throttle-window", SECOND, DAY),
            settingValues.duration("gateway-throttle-delay", Duration.ZERO, Duration.ofMinutes(1)),
            settingValues.number("gateway-concurrent-logins", 1, 10_000));
    var peers =
        new GatewayConfig.Peers(
            trustedProxies(settingValues),
            settingValues.number("gateway-max-pending-per-address", 0, MANY));
    return new GatewaySettings(
        new GatewayConfig(
            listen,
            flow,
            timeouts,
            loginLimits,
            peers,
            settingValues.number("gateway-event-loops", 0, 1_024),
            settingValues.number("gateway-max-connections", 1, MANY)),
        settingValues.text("gateway-public-host"),
        settingValues.words("gateway-allowed-hosts"),
        settingValues.port("gateway-public-port"));
  }

  private static Optional<GatewayConfig.Tls> gatewayTls(SettingValues settingValues) {
    Optional<Path> certificate = settingValues.file("gateway-cert-file");
    Optional<Path> key = settingValues.file("gateway-key-file");
    if (certificate.isPresent() != key.isPresent()) {
      throw settingValues.fault(
          certificate.isPresent() ? "gateway-cert-file" : "gateway-key-file",
          "needs gateway-cert-file and gateway-key-file together");
    }
    if (certificate.isPresent() && key.isPresent()) {
      PemFiles.check(
          settingValues, "gateway-cert-file", certificate.get(), "gateway-key-file", key.get());
    }
    return certificate.map(chain -> new GatewayConfig.Tls(chain, key.orElseThrow()));
  }

  private static StoreSettings store(SettingValues settingValues) {
    Path dataDir = settingValues.path("data-dir");
    Optional<PostgresConfig> postgres = postgres(settingValues);
    return new StoreSettings(
        dataDir,
        postgres.<Kind>map(Kind.Postgres::new).orElseGet(Kind.Sqlite::new),
        settingValues.number("node", 0, MAX_NODE),
        new MasterKeySettings(
            settingValues.secret("master-key"),
            settingValues.optionalPath("master-key-file").orElse(dataDir.resolve("master.key"))));
  }

  private static Optional<PostgresConfig> postgres(SettingValues settingValues) {
    String url = settingValues.text("postgres-url");
    String user = settingValues.text("postgres-user");
    Secret password = settingValues.secret("postgres-password").orElse(new Secret(""));
    int pool = settingValues.number("postgres-pool", 2, 10_000);
    int lanes = settingValues.number("postgres-lanes", 1, 10_000);
    Duration patience = settingValues.duration("postgres-patience", SECOND, DAY);
    if (settingValues.choice("store", List.of("sqlite", "postgres")).equals("sqlite")) {
      return Optional.empty();
    }
    if (!url.startsWith("jdbc:postgresql:")) {
      throw settingValues.fault("postgres-url", "must begin with jdbc:postgresql:");
    }
    return Optional.of(
        settingValues.together(
            List.of("postgres-pool", "postgres-lanes"),
            () -> new PostgresConfig(url, user, password, pool, lanes, patience)));
  }

  private static LimitsSettings limits(SettingValues settingValues) {
    int maxTargets = settingValues.number("max-targets", 1, MANY);
    int maxRows = settingValues.number("max-rows", 0, MANY);
    int mailbox = settingValues.number("max-mailbox", 0, MANY);
    int maxPayload = settingValues.size("max-payload", 1, GIB);
    Duration maxLifetime = settingValues.duration("max-lifetime", SECOND, TEN_YEARS);
    Duration retention = settingValues.duration("retention", SECOND, TEN_YEARS);
    var perApp =
        new Limits.PerApp(
            settingValues.number("max-templates", 0, MANY),
            settingValues.number("max-schedules", 0, MANY),
            settingValues.duration("schedule-horizon", SECOND, TEN_YEARS));
    Duration removedIds = settingValues.duration("removed-ids", Duration.ZERO, TEN_YEARS);
    return new LimitsSettings(
        settingValues.together(
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
            settingValues.duration("native-default-ttl", SECOND, maxLifetime),
            settingValues.number("native-calls-per-second", 0, MANY)),
        new DeviceApi.Config(
            settingValues.number("device-calls-per-second", 0, MANY),
            settingValues.number("device-registrations-per-minute", 0, MANY),
            settingValues.number("max-registrations", 0, MANY),
            settingValues.duration("device-identity-clock-skew", Duration.ZERO, MAX_CLOCK_SKEW),
            AllowedOrigins.parse(settingValues.text("device-origins"))
                .orElseThrow(
                    () ->
                        settingValues.fault(
                            "device-origins",
                            "must be * or origins like https://app.example.com, between commas"))),
        demoIdentityMode(settingValues),
        settingValues.file("sensitive-words"));
  }

  private static IdentityMode demoIdentityMode(SettingValues settingValues) {
    List<String> words = Arrays.stream(IdentityMode.values()).map(IdentityMode::wire).toList();
    return IdentityMode.parse(settingValues.choice("demo-identity-mode", words)).orElseThrow();
  }

  private static MpaasConfig mpaas(SettingValues settingValues) {
    return new MpaasConfig(
        settingValues.duration("mpaas-max-lifetime", SECOND, TEN_YEARS),
        settingValues.size("mpaas-max-payload", 1, GIB),
        settingValues.number("mpaas-calls-per-second", 0, MANY),
        settingValues.number("mpaas-max-nonces", 1, Integer.MAX_VALUE),
        settingValues.number("mpaas-max-multiple", 1, MANY),
        settingValues.zone("mpaas-zone"),
        settingValues.text("mpaas-recommend"));
  }

  private static JpushConfig jpush(SettingValues settingValues) {
    return new JpushConfig(
        settingValues.duration("jpush-recall-window", SECOND, Recall.WINDOW),
        settingValues.duration("jpush-override-window", SECOND, TEN_YEARS),
        isYes(settingValues, "jpush-strict"),
        isYes(settingValues, "jpush-empty-bodies"),
        settingValues.size("jpush-max-payload", 1, GIB),
        settingValues.size("jpush-max-ios-payload", 1, GIB),
        settingValues.number("jpush-broadcasts-per-day", 0, MANY),
        settingValues.number("jpush-devices-per-alias", 0, MANY),
        new JpushConfig.Rates(
            settingValues.number("jpush-pushes-per-minute", 0, MANY),
            settingValues.number("jpush-device-calls-per-minute", 0, MANY),
            settingValues.number("jpush-report-calls-per-minute", 0, MANY),
            settingValues.number("jpush-schedule-calls-per-minute", 0, MANY),
            settingValues.number("jpush-file-calls-per-minute", 0, MANY)),
        settingValues.zone("jpush-zone"),
        CallerAddresses.parse(settingValues.text("jpush-callers"))
            .orElseThrow(
                () ->
                    settingValues.fault(
                        "jpush-callers", "must have addresses, or ranges like 10.0.0.0/8")),
        developer(settingValues));
  }

  private static Optional<JpushConfig.Developer> developer(SettingValues settingValues) {
    String key = settingValues.text("jpush-developer-key");
    Optional<Secret> secret = settingValues.secret("jpush-developer-secret");
    if (key.isEmpty() != secret.isEmpty()) {
      throw settingValues.fault(
          key.isEmpty() ? "jpush-developer-secret" : "jpush-developer-key",
          "needs jpush-developer-key and jpush-developer-secret together");
    }
    return secret.map(text -> new JpushConfig.Developer(key, text));
  }

  /// A request may take its patience twice: to find the host, and to call it.
  private static WebhookSettings callbacks(SettingValues settingValues) {
    Duration patience =
        settingValues.duration("webhook-timeout", MILLI.multipliedBy(100), MAX_CALLBACK);
    return new WebhookSettings(
        new WebhookDispatcher.Config(
            settingValues.number("webhook-requests", 1, 10_000),
            settingValues.duration("webhook-give-up", SECOND, TEN_YEARS),
            // The look-up of the host, the request, and a second try without its name in TLS.
            patience.multipliedBy(3).plus(LEASE_MARGIN),
            true),
        new WebhookClientConfig(patience, isYes(settingValues, "webhook-private-addresses")));
  }

  private static GetuiConfig getui(SettingValues settingValues) {
    Map<Quota, Integer> quotas = new EnumMap<>(Quota.class);
    for (Quota quota : Quota.values()) {
      quotas.put(quota, settingValues.number("getui-" + quota.wire(), 0, MANY));
    }
    quotas.values().removeIf(limit -> limit == 0);
    return new GetuiConfig(
        settingValues.zone("getui-zone"),
        settingValues.duration("getui-token-life", SECOND, TEN_YEARS),
        settingValues.duration("getui-clock-tolerance", Duration.ZERO, TEN_YEARS),
        settingValues.duration("getui-idle", Duration.ZERO, TEN_YEARS),
        isYes(settingValues, "getui-address-sessions"),
        settingValues.duration("getui-default-ttl", SECOND, Duration.ofDays(3)),
        settingValues.number("getui-cids-per-alias", 0, MANY),
        quotas);
  }

  private static VivoConfig vivo(SettingValues settingValues) {
    return new VivoConfig(
        settingValues.duration("vivo-inactive-after", SECOND, TEN_YEARS),
        settingValues.duration("vivo-recall-inactive-after", SECOND, TEN_YEARS),
        settingValues.duration("vivo-repeat-window", SECOND, DAY),
        settingValues.requiredText("vivo-test-tag"),
        settingValues.addresses("vivo-receipts"),
        new VivoConfig.Categories(
            settingValues.words("vivo-system-categories"),
            settingValues.words("vivo-operational-categories")),
        new VivoConfig.Quotas(
            settingValues.number("vivo-auths-per-second", 0, MANY),
            settingValues.number("vivo-status-queries-per-second", 0, MANY),
            settingValues.number("vivo-pushes-per-second", 0, MANY),
            settingValues.number("vivo-pushes-per-day", 0, MANY),
            settingValues.number("vivo-list-payloads-per-day", 0, MANY),
            settingValues.number("vivo-broadcasts-per-day", 0, MANY),
            settingValues.number("vivo-messages-per-device-per-day", 0, MANY)),
        settingValues
            .timeSpan("vivo-operational-hours")
            .map(span -> new VivoConfig.OperationalHours(span.from(), span.to())),
        settingValues.zone("vivo-zone"));
  }

  private static boolean isYes(SettingValues settingValues, String name) {
    return settingValues.choice(name, List.of("yes", "no")).equals("yes");
  }

  private static LogSettings log(SettingValues settingValues) {
    String format = settingValues.choice("log-format", List.of("text", "json"));
    String level = settingValues.choice("log-level", List.of("debug", "info", "warn", "error"));
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
