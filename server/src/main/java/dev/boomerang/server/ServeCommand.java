// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.server;

import dev.boomerang.server.config.InvalidSettingException;
import dev.boomerang.server.config.LogSettings;
import dev.boomerang.server.config.SettingCatalogue;
import dev.boomerang.server.config.SettingCatalogue.Setting;
import dev.boomerang.server.config.SettingSources;
import dev.boomerang.server.config.Settings;
import dev.boomerang.server.ops.Logs;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// Runs the server until the process is asked to stop. Its options are the settings of
/// `boomerang.properties`.
final class ServeCommand implements Callable<Integer> {
  private static final String CONFIG = "config";

  /// The time that closing may take beyond what calls in flight get.
  private static final Duration STOP_MARGIN = Duration.ofSeconds(20);

  private final Clock clock;
  private final CommandSpec spec;

  private ServeCommand(Clock clock) {
    this.clock = clock;
    this.spec = CommandSpec.wrapWithoutInspection(this);
  }

  /// The settings that `--help` shows; `boomerang settings` has all.
  private static final Set<String> SHOWN =
      Set.of(
          "http-port",
          "https-port",
          "https-cert-file",
          "https-key-file",
          "gateway-port",
          "gateway-public-host",
          "data-dir",
          "store",
          "postgres-url",
          "log-level");

  static CommandSpec spec(String name, Clock clock) {
    CommandSpec spec = new ServeCommand(clock).spec;
    spec.name(name).mixinStandardHelpOptions(true);
    spec.usageMessage()
        .width(100)
        .abbreviateSynopsis(true)
        .sortOptions(false)
        .description("Runs the server.")
        .optionListHeading("%nThe settings most often set:%n")
        .footer(
            "",
            "All settings, each with its unit and default: boomerang settings",
            "Every one is also taken from the environment and from the file of --config.");
    spec.addOption(
        option(CONFIG)
            .paramLabel("<file>")
            .description("A file of settings. Environment: BOOMERANG_CONFIG")
            .build());
    for (Setting setting : SettingCatalogue.settings()) {
      if (!setting.isSecret()) {
        spec.addOption(
            option(setting.name())
                .paramLabel("<" + setting.unit() + ">")
                .description(description(setting))
                .hidden(!SHOWN.contains(setting.name()))
                .build());
      }
    }
    return spec;
  }

  private static OptionSpec.Builder option(String name) {
    return OptionSpec.builder("--" + name).type(String.class).arity("1");
  }

  private static String description(Setting setting) {
    String value = setting.defaultValue().isEmpty() ? "none" : setting.defaultValue();
    return (setting.sentence() + " Default: " + value).replace("%", "%%");
  }

  @Override
  public Integer call() throws InterruptedException {
    try {
      SettingSources settingSources = settingSources();
      Settings settings = Settings.of(settingSources);
      Logs.open(
          System.err, settings.log().format() == LogSettings.Format.JSON, settings.log().level());
      for (String unknown : settingSources.unknownVariables()) {
        log(Level.WARNING, "event=ignored-variable name=" + unknown + " reason=no-such-setting");
      }
      Main main = Main.start(settings, clock);
      stopWithTheProcess(main, settings.http().limits().stopTime().plus(STOP_MARGIN));
      announce(main, settings);
      new CountDownLatch(1).await();
      return 0;
    } catch (InvalidSettingException | StartupException e) {
      System.err.println("boomerang: " + e.getMessage());
      return 1;
    }
  }

  private SettingSources settingSources() {
    Map<String, String> given = new HashMap<>();
    for (OptionSpec option : spec.commandLine().getParseResult().matchedOptionsSet()) {
      if (option.getValue() instanceof String value) {
        given.put(option.longestName().substring(2), value);
      }
    }
    Map<String, String> environment = System.getenv();
    Optional<Path> file =
        Optional.ofNullable(given.remove(CONFIG))
            .or(() -> Optional.ofNullable(environment.get(SettingCatalogue.environment(CONFIG))))
            .map(Path::of);
    return new SettingSources(given, environment, file);
  }

  /// SIGTERM and Ctrl-C end here: the process leaves with 0 if everything closed in its time.
  private static void stopWithTheProcess(Main main, Duration atMost) {
    var hook = new Thread(() -> stop(main, atMost), "stop");
    Runtime.getRuntime().addShutdownHook(hook);
  }

  private static void stop(Main main, Duration atMost) {
    var closing = new Thread(main::close, "close");
    log(Level.INFO, "event=stopping");
    closing.start();
    boolean closed = false;
    try {
      closed = closing.join(atMost);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    log(closed ? Level.INFO : Level.ERROR, closed ? "event=stopped" : "event=stop-took-too-long");
    Runtime.getRuntime().halt(closed ? 0 : 1);
  }

  private static void log(Level level, String line) {
    System.getLogger(ServeCommand.class.getName()).log(level, line);
  }

  private static void announce(Main main, Settings settings) {
    log(
        Level.INFO,
        "event=started http-port="
            + main.httpPort()
            + " https-port="
            + (main.httpsPort().isPresent() ? main.httpsPort().getAsInt() : "off")
            + " gateway-port="
            + main.gatewayPort());
    var out = System.out;
    // To whoever starts it, once; log lines never have keys.
    main.firstKeys()
        .ifPresent(
            keys -> {
              out.println(
                  "First start: there is a demo app now. Its keys, also in "
                      + settings.store().dataDir().resolve(DemoApp.FILE)
                      + ":");
              out.println(keys.json().toPrettyString());
            });
    out.println(
        "ready http=http://"
            + reachable(settings.http().host())
            + ":"
            + main.httpPort()
            + " gateway="
            + reachable(settings.gateway().config().listen().host())
            + ":"
            + main.gatewayPort()
            + https(main, settings));
    out.flush();
  }

  /// Returns the end of the ready line about https, and nothing where it is off: scripts that read
  /// the line know the other parts.
  private static String https(Main main, Settings settings) {
    return main.httpsPort().isEmpty()
        ? ""
        : " https=https://" + reachable(settings.http().host()) + ":" + main.httpsPort().getAsInt();
  }

  /// A host a client on this machine can use.
  private static String reachable(String host) {
    return switch (host) {
      case "0.0.0.0" -> "127.0.0.1";
      case "::" -> "[::1]";
      default -> host.contains(":") ? "[" + host + "]" : host;
    };
  }
}
