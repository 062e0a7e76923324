// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.bench.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.boomerang.bench.message.MqttPackets.Identity;
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
public record GatewayClient(
    ChildProcess process,
    InetSocketAddress address,
    List<Identity> identities,
    Optional<SslContext> tls)
    implements AutoCloseable {
  private static final Duration START = Duration.ofMinutes(1);

  public static GatewayClient start(TemporaryFolder temporaryFolder, int devices, boolean withTls)
      throws IOException, InterruptedException {
    Path names = temporaryFolder.file("devices.txt");
    var args = new ArrayList<>(List.of(Integer.toString(devices), names.toString()));
    Optional<SslContext> tls = Optional.empty();
    if (withTls) {
      SelfSignedCertificate selfSignedCertificate = SelfSignedCertificate.make(temporaryFolder);
      args.add(selfSignedCertificate.chain().toString());
      args.add(selfSignedCertificate.key().toString());
      tls =
          Optional.of(
              SslContextBuilder.forClient()
                  .trustManager(InsecureTrustManagerFactory.INSTANCE)
                  .endpointIdentificationAlgorithm("")
                  .build());
    }
    ChildProcess process =
        ChildProcess.java(temporaryFolder, GatewayProcess.class, List.of(), args);
    int port = Integer.parseInt(process.await("ready", START));
    return new GatewayClient(
        process, new InetSocketAddress(InetAddress.getLoopbackAddress(), port), read(names), tls);
  }

  private static List<Identity> read(Path names) throws IOException {
    return Files.readAllLines(names, UTF_8).stream()
        .map(line -> line.split(" ", -1))
        .map(word -> new Identity(word[0], word[1], word[2], "push/" + word[0]))
        .toList();
  }

  public long heap() throws IOException, InterruptedException {
    return Long.parseLong(process.ask("heap", START));
  }

  @Override
  public void close() {
    process.close();
  }
}
