// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.server.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.boomerang.device.Platform;
import dev.boomerang.device.PushClient;
import dev.boomerang.device.PushClientBuilder;
import dev.boomerang.device.registration.IdentityTokenSupplier;
import dev.boomerang.model.app.Secret;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// A phone in the terminal.
@Command(
    name = "device",
    mixinStandardHelpOptions = true,
    description = {
      "A phone in the terminal: shows what is pushed to it.",
      "Type 'open [n]', 'dismiss [n]', 'list' or 'quit'. Without n it is the newest."
    })
public final class DeviceCommand implements Callable<Integer> {
  private static final Duration FIRST_RETRY = Duration.ofMillis(500);
  private static final Duration LONGEST_RETRY = Duration.ofSeconds(10);
  private static final Duration KEEP_ALIVE = Duration.ofSeconds(30);

  private final Clock clock;

  public DeviceCommand(Clock clock) {
    this.clock = clock;
  }

  @Option(names = "--user", paramLabel = "<id>", description = "Whose phone it is")
  private Optional<String> user = Optional.empty();

  @Option(names = "--alias", paramLabel = "<alias>", description = "Its alias")
  private Optional<String> alias = Optional.empty();

  @Option(
      names = "--platform",
      paramLabel = "<name>",
      defaultValue = "android",
      description = "android, ios, harmony, quickapp or web. Default: ${DEFAULT-VALUE}")
  private Platform platform = Platform.ANDROID;

  @Option(
      names = "--device-id",
      paramLabel = "<id>",
      description = "Its stable name. Default: phone, or phone-<user>")
  private Optional<String> deviceId = Optional.empty();

  @Option(
      names = "--server",
      paramLabel = "<url>",
      defaultValue = "${env:BOOMERANG_SERVER:-http://127.0.0.1:7300}",
      description = "The server's HTTP address. Default: ${DEFAULT-VALUE}")
  private String server = "http://127.0.0.1:7300";

  @Option(
      names = "--app-id",
      paramLabel = "<id>",
      description = "The app it runs. Default: the demo app")
  private Optional<String> appId = Optional.empty();

  @Option(
      names = "--device-key",
      paramLabel = "<text>",
      description = "The app's key for its devices. Default: the demo app's")
  private Optional<String> deviceKey = Optional.empty();

  @Option(
      names = "--identity-token",
      paramLabel = "<jwt>",
      description = {
        "The token of the app's back end for this phone, where the app is signed.",
        "Default: for the demo app, one made with its identity secret"
      })
  private Optional<String> identityToken = Optional.empty();

  @Option(
      names = "--data-dir",
      paramLabel = "<folder>",
      defaultValue = "${env:BOOMERANG_DATA_DIR:-./data}",
      description = "Where the server keeps demo.json. Default: ${DEFAULT-VALUE}")
  private Path dataDir = Path.of("data");

  @Option(
      names = "--keep",
      paramLabel = "<folder>",
      description = "Where the phone remembers. Default: <data-dir>/phones/<device-id>")
  private Optional<Path> keep = Optional.empty();

  @Mixin private Output output = new Output();

  @Override
  public Integer call() throws IOException, InterruptedException {
    String name = deviceId.orElseGet(() -> "phone" + user.map(id -> "-" + id).orElse(""));
    Path folder =
        keep.orElseGet(
            () -> dataDir.resolve("phones").resolve(name.replaceAll("[^A-Za-z0-9._-]", "_")));
    Files.createDirectories(folder);
    var built = new CopyOnWriteArrayList<PushClient>();
    var phone =
        new Phone(
            folder.resolve("screen.json"),
            System.out,
            output,
            () -> built.stream().findFirst().flatMap(PushClient::registrationId));
    PushClientBuilder builder =
        PushClient.builder(
                server,
                given(appId, "appId", "--app-id"),
                given(deviceKey, "deviceKey", "--device-key"))
            .platform(platform)
            .deviceId(name)
            .dataDirectory(folder)
            .backoff(FIRST_RETRY, LONGEST_RETRY)
            .keepAlive(KEEP_ALIVE);
    tokens().ifPresent(builder::identityTokens);
    user.ifPresent(builder::user);
    alias.ifPresent(builder::alias);
    phone.say(
        "phone " + name + " at " + server + ", remembers in " + folder,
        Phone.event("started").put("device", name).put("folder", folder.toString()));
    phone
        .shown()
        .forEach(one -> phone.say("  still on the screen: " + one, Phone.json("stillShown", one)));
    PushClient client = builder.build(phone);
    built.add(client);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(client), "stop"));
    client.start();
    obey(client, phone);
    return 0;
  }

  private Optional<IdentityTokenSupplier> tokens() throws IOException {
    if (identityToken.isPresent()) {
      return Optional.of((device, owner) -> identityToken);
    }
    if (appId.isPresent()) {
      return Optional.empty();
    }
    Optional<String> secret = DemoFile.find(dataDir, "identitySecret");
    if (secret.isEmpty()) {
      return Optional.empty();
    }
    String app = DemoFile.text(dataDir, "appId", "--app-id");
    var signer = new IdentityTokenSigner(app, new Secret(secret.get()), clock);
    return Optional.of((device, owner) -> Optional.of(signer.token(device, owner, alias)));
  }

  private String given(Optional<String> option, String name, String flag) throws IOException {
    return option.isPresent() ? option.get() : DemoFile.text(dataDir, name, flag);
  }

  /// Ctrl-C is how one puts this phone away: no failure.
  private static void stop(PushClient client) {
    client.close();
    Runtime.getRuntime().halt(0);
  }

  /// Returns at the command `quit`. At the end of input the phone stays on.
  private static void obey(PushClient client, Phone phone)
      throws IOException, InterruptedException {
    var in = new BufferedReader(new InputStreamReader(System.in, UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      String[] words = line.strip().split("\\s+", 2);
      switch (words[0]) {
        case "" -> {}
        case "list" ->
            phone.shown().forEach(one -> phone.say(one.toString(), Phone.json("listed", one)));
        case "open" ->
            act(phone, words, "opened").ifPresent(one -> client.notificationOpened(one.delivery()));
        case "dismiss" ->
            act(phone, words, "dismissed")
                .ifPresent(one -> client.notificationDismissed(one.delivery()));
        case "quit", "exit" -> {
          return;
        }
        default -> {
          String help = "open [n], dismiss [n], list or quit";
          phone.say(help, Phone.event("help").put("text", help));
        }
      }
    }
    new CountDownLatch(1).await();
  }

  private static Optional<Phone.Shown> act(Phone phone, String[] words, String done) {
    Optional<Phone.Shown> taken;
    try {
      taken =
          phone.take(
              words.length > 1
                  ? Optional.of(Integer.valueOf(words[1].replace("#", "").strip()))
                  : Optional.empty());
    } catch (NumberFormatException _) {
      taken = Optional.empty();
    }
    phone.say(
        taken.map(one -> done + " " + one).orElse("there is no such notice"),
        taken.map(one -> Phone.json(done, one)).orElseGet(() -> Phone.event("noSuchNotice")));
    return taken;
  }
}
