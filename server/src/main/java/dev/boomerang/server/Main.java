// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.server;

import dev.boomerang.dialect.getui.GetuiServices;
import dev.boomerang.dialect.getui.v1.GetuiRestV1;
import dev.boomerang.dialect.getui.v2.GetuiRestV2;
import dev.boomerang.dialect.getui.wire.GetuiWireV1;
import dev.boomerang.dialect.jpush.JpushDialect;
import dev.boomerang.dialect.mpaas.MpaasDialect;
import dev.boomerang.dialect.nativeapi.NativeApi;
import dev.boomerang.dialect.nativeapi.device.DeviceApi;
import dev.boomerang.dialect.nativeapi.device.GatewayAddress;
import dev.boomerang.dialect.vivo.VivoDialect;
import dev.boomerang.engine.Engine;
import dev.boomerang.engine.base.Vault;
import dev.boomerang.engine.webhook.WebhookFormat;
import dev.boomerang.gateway.Gateway;
import dev.boomerang.gateway.config.GatewayConfig;
import dev.boomerang.port.Store;
import dev.boomerang.port.StoreException;
import dev.boomerang.server.config.FilePermissions;
import dev.boomerang.server.config.GatewaySettings;
import dev.boomerang.server.config.Settings;
import dev.boomerang.server.config.WebhookSettings;
import dev.boomerang.server.http.HttpServer;
import dev.boomerang.server.http.HttpWebhookClient;
import dev.boomerang.server.http.TimeSource;
import dev.boomerang.server.ops.Health;
import dev.boomerang.server.ops.Logs;
import dev.boomerang.server.ops.Metrics;
import dev.boomerang.web.Dialect;
import dev.boomerang.web.Routes;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/// The system put together, and the process that runs it.
public final class Main implements AutoCloseable {
  private final AtomicBoolean ready;
  private final CloseableStack closeableStack;
  private final HttpServer http;
  private final Gateway gateway;
  private final Optional<DemoKeys> firstKeys;

  private Main(
      AtomicBoolean ready,
      CloseableStack closeableStack,
      HttpServer http,
      Gateway gateway,
      Optional<DemoKeys> firstKeys) {
    this.ready = ready;
    this.closeableStack = closeableStack;
    this.http = http;
    this.gateway = gateway;
    this.firstKeys = firstKeys;
  }

  public static void main(String[] args) {
    // First of all: this class must not have a logger of its own.
    Logs.claim();
    System.exit(CommandLineRunner.run(args, Clock.systemUTC()));
  }

  /// Starts everything. If a part cannot be had, those before it are closed again.
  static Main start(Settings settings, Clock clock) throws StartupException {
    var closeableStack = new CloseableStack();
    try {
      return start(settings, clock, closeableStack);
    } catch (IOException | StoreException e) {
      closeableStack.close();
      throw new StartupException(ExceptionMessages.of(e));
    } catch (StartupException | RuntimeException e) {
      closeableStack.close();
      throw e;
    }
  }

  private static Main start(Settings settings, Clock clock, CloseableStack closeableStack)
      throws IOException, StartupException {
    var random = new SecureRandom();
    var metrics = new Metrics();
    var ready = new AtomicBoolean();

    StartupWait wait = StartupWait.of(settings.startupTimeout());
    Store store =
        closeableStack.add(
            wait.until("the store", () -> StoreOpener.open(settings.store(), metrics.store())));
    metrics.dataDir(settings.store().dataDir());
    boolean isNew = store.apps().all().isEmpty();
    settings.secretFiles().forEach(Main::warnIfShared);
    var vault = new Vault(MasterKey.open(settings.store().masterKey(), isNew, random), random);

    var config =
        new Engine.Config(settings.limits().engine(), vault, settings.store().node(), random, true)
            .reviewer(SensitiveWords.read(settings.limits().sensitiveWords()));
    Engine engine = closeableStack.add(Engine.open(store, config, metrics.engine(), clock));
    metrics.connections(engine.connections()::size);
    Optional<DemoKeys> firstKeys =
        DemoApp.open(engine.apps(), settings.store().dataDir(), random, clock);
    DemoApp.setIdentityMode(
        engine.apps(), settings.store().dataDir(), settings.limits().demoIdentityMode());

    GatewayConfig listen = settings.gateway().config();
    Gateway gateway =
        closeableStack.add(
            wait.until(
                "the gateway to listen on " + at(listen.listen().host(), listen.listen().port()),
                () -> Gateway.open(listen, engine.devices(), metrics.gateway(), clock)));

    var getui = new GetuiServices(engine, settings.getui(), random, clock);
    List<Dialect> dialects =
        List.of(
            new MpaasDialect(engine, settings.mpaas(), clock),
            new JpushDialect(engine, settings.jpush(), clock),
            new GetuiWireV1(getui),
            new GetuiRestV1(getui),
            new GetuiRestV2(getui),
            new VivoDialect(engine, settings.vivo(), clock),
            new NativeApi(engine, settings.limits().nativeApi(), clock),
            new DeviceApi(
                engine,
                () -> address(settings.gateway(), gateway),
                settings.limits().deviceApi(),
                clock));

    WebhookSettings callbacks = settings.callbacks();
    HttpWebhookClient outbound = closeableStack.add(new HttpWebhookClient(callbacks.outbound()));
    closeableStack.add(
        engine.startWebhooks(
            callbacks.engine(),
            outbound,
            new WebhookFormat.ByOrigin(webhookFormats(dialects), NativeApi.WEBHOOK_FORMAT)));

    var routes =
        new Routes(
            dialects.stream().map(dialect -> metrics.timed(dialect, clock)).toList(),
            Stream.of(new Health(store, ready::get, clock).routes(), metrics.routes())
                .flatMap(List::stream)
                .toList());
    var time = new TimeSource(clock, System::nanoTime);
    HttpServer http =
        closeableStack.add(
            wait.until(
                "HTTP to listen on " + at(settings.http().host(), settings.http().port()),
                () ->
                    HttpServer.open(
                        settings.http(), new WelcomePage(routes), metrics.http(), time)));
    ready.set(true);
    return new Main(ready, closeableStack, http, gateway, firstKeys);
  }

  /// A key that others may read is used, with a warning: the folder may be shared on purpose.
  private static void warnIfShared(Path file) {
    FilePermissions.shared(file)
        .ifPresent(
            mode ->
                System.getLogger(Main.class.getName())
                    .log(
                        Level.WARNING,
                        "event=secret-file-is-readable file="
                            + file
                            + " mode="
                            + mode
                            + " fix=\"chmod 600\""));
  }

  private static String at(String host, int port) {
    return host + ":" + port;
  }

  /// By the origin of the tasks that they are for.
  static Map<String, WebhookFormat> webhookFormats(List<Dialect> dialects) {
    Map<String, WebhookFormat> formats = new HashMap<>();
    for (Dialect dialect : dialects) {
      dialect.webhookFormat().ifPresent(format -> formats.put(dialect.name(), format));
    }
    return formats;
  }

  private static GatewayAddress address(GatewaySettings settings, Gateway gateway) {
    int port = settings.publicPort();
    return new GatewayAddress(
        settings.publicHost(),
        settings.allowedHosts(),
        settings.config().listen().host(),
        port == 0 ? gateway.address().getPort() : port);
  }

  /// The keys of the app this start made, if it made one.
  Optional<DemoKeys> firstKeys() {
    return firstKeys;
  }

  int httpPort() {
    return http.port();
  }

  /// Empty without https.
  OptionalInt httpsPort() {
    return http.tlsPort();
  }

  int gatewayPort() {
    return gateway.address().getPort();
  }

  /// Takes no more calls, lets those in flight end, sends the devices away, writes down what was
  /// noted.
  @Override
  public void close() {
    ready.set(false);
    closeableStack.close();
  }
}
