// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.boomerang.bench.Mqtt.Identity;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A [GatewayProcess], and what its devices need to connect.
record GatewayAlone(
    Child process, InetSocketAddress address, List<Identity> identities, Optional<SslContext> tls)
    implements AutoCloseable {
  private static final Duration START = Duration.ofMinutes(1);

  static GatewayAlone start(Scratch scratch, int devices, boolean withTls)
      throws IOException, InterruptedException {
    Path names = scratch.file("devices.txt");
    var args = new ArrayList<>(List.of(Integer.toString(devices), names.toString()));
    Optional<SslContext> tls = Optional.empty();
    if (withTls) {
      Certificate certificate = Certificate.make(scratch);
      args.add(certificate.chain().toString());
      args.add(certificate.key().toString());
      tls =
          Optional.of(
              SslContextBuilder.forClient()
                  .trustManager(InsecureTrustManagerFactory.INSTANCE)
                  .endpointIdentificationAlgorithm("")
                  .build());
    }
    Child process = Child.java(scratch, GatewayProcess.class, List.of(), args);
    int port = Integer.parseInt(process.await("ready", START));
    return new GatewayAlone(
        process, new InetSocketAddress(InetAddress.getLoopbackAddress(), port), read(names), tls);
  }

  private static List<Identity> read(Path names) throws IOException {
    return Files.readAllLines(names, UTF_8).stream()
        .map(line -> line.split(" ", -1))
        .map(word -> new Identity(word[0], word[1], word[2], "push/" + word[0]))
        .toList();
  }

  long heap() throws IOException, InterruptedException {
    return Long.parseLong(process.ask("heap", START));
  }

  @Override
  public void close() {
    process.close();
  }
}
