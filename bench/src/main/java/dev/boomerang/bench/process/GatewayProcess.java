// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.bench.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.boomerang.bench.message.MqttPackets.Identity;
import dev.boomerang.bench.message.SendPacer;
import dev.boomerang.gateway.Gateway;
import dev.boomerang.gateway.config.GatewayConfig;
import dev.boomerang.gateway.config.GatewayListener;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;

/// The gateway alone, as a process: it registers devices, writes their names and secrets to a file,
/// and obeys commands from standard input.
///
/// Arguments: how many devices, the file, and for TLS the files of certificate and key.
public final class GatewayProcess {
  /// Collections before a look at the heap. One may leave what only a later one frees, such as what
  /// reference queues still hold.
  private static final int COLLECTIONS = 3;

  private final OfferGenerator messageOffers;
  private final LongAdder acknowledged;

  private GatewayProcess(OfferGenerator messageOffers, LongAdder acknowledged) {
    this.messageOffers = messageOffers;
    this.acknowledged = acknowledged;
  }

  public static void main(String[] args) throws IOException {
    Clock clock = Clock.systemUTC();
    var acknowledged = new LongAdder();
    var config = GatewayConfig.at("127.0.0.1", 0);
    if (args.length > 2) {
      config = config.with(new GatewayConfig.Tls(Path.of(args[2]), Path.of(args[3])));
    }
    try (var gatewayEngine = new GatewayEngine(clock);
        var gateway =
            Gateway.open(config, gatewayEngine.engine().devices(), listener(acknowledged), clock)) {
      List<Identity> identities = gatewayEngine.register(Integer.parseInt(args[0]));
      Files.writeString(
          Path.of(args[1]),
          identities.stream()
              .map(id -> id.clientId() + " " + id.user() + " " + id.password() + "\n")
              .collect(Collectors.joining()));
      System.out.println("ready " + gateway.address().getPort());
      new GatewayProcess(new OfferGenerator(gatewayEngine, identities, clock), acknowledged).obey();
    }
  }

  private static GatewayListener listener(LongAdder acknowledged) {
    return new GatewayListener() {
      @Override
      public void acknowledged() {
        acknowledged.increment();
      }
    };
  }

  /// Carries out one command a line and answers each with a line `done`, until its input ends.
  private void obey() throws IOException {
    var in = new BufferedReader(new InputStreamReader(System.in, UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      String[] words = line.split(" ", -1);
      System.out.println("done " + answer(words));
    }
  }

  private String answer(String[] words) {
    return switch (words[0]) {
      case "eager" -> eager(seconds(words[1]), Integer.parseInt(words[2]));
      case "steady" -> steady(seconds(words[1]), Double.parseDouble(words[2]));
      case "broadcast" -> {
        messageOffers.toAll(Long.parseLong(words[1]));
        yield "";
      }
      case "heap" -> Long.toString(heap());
      default -> "what?";
    };
  }

  /// Offers messages while fewer than `inFlight` are taken and not acknowledged. Returns how many
  /// were offered.
  private String eager(Duration span, int inFlight) {
    long before = acknowledged.sum();
    long begin = messageOffers.taken();
    return Long.toString(
        SendPacer.eager(
            span,
            () -> (messageOffers.taken() - begin) - (acknowledged.sum() - before) < inFlight,
            messageOffers::toNext));
  }

  /// Offers `rate` messages a second. Returns how many were offered.
  private String steady(Duration span, double rate) {
    return Long.toString(SendPacer.steady(rate, span, messageOffers::toNext));
  }

  private static Duration seconds(String text) {
    return Duration.ofMillis(Math.round(Double.parseDouble(text) * 1_000));
  }

  /// Returns the heap bytes in use after full collections. Takes seconds with a large heap.
  static long heap() {
    for (int i = 0; i < COLLECTIONS; i++) {
      System.gc();
    }
    return java.lang.management.ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
