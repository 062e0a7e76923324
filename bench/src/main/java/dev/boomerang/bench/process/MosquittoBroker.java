// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.bench.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/// The peer, if this machine has it: a mosquitto of our own, with the same bounds for each client
/// as our gateway has.
public final class MosquittoBroker implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(10);

  private final ChildProcess process;
  private final InetSocketAddress address;

  private MosquittoBroker(ChildProcess process, InetSocketAddress address) {
    this.process = process;
    this.address = address;
  }

  /// Starts a broker that accepts connections when this returns. Empty if mosquitto is not
  /// installed.
  public static Optional<MosquittoBroker> start(TemporaryFolder temporaryFolder)
      throws IOException {
    Optional<Path> program = program();
    if (program.isEmpty()) {
      return Optional.empty();
    }
    int port = freePort();
    Path config = temporaryFolder.file("mosquitto.conf");
    Files.writeString(
        config,
        """
        listener %d 127.0.0.1
        allow_anonymous true
        persistence false
        max_inflight_messages 1000
        max_queued_messages 0
        set_tcp_nodelay true
        log_type error
        """
            .formatted(port));
    ChildProcess process =
        ChildProcess.start(
            temporaryFolder, List.of(program.get().toString(), "-c", config.toString()), Map.of());
    var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    awaitPort(process, address);
    return Optional.of(new MosquittoBroker(process, address));
  }

  /// Looks along the `PATH`, then where packages put daemons, which a user's `PATH` often lacks.
  private static Optional<Path> program() {
    var folders = new ArrayList<>(List.of(System.getenv().getOrDefault("PATH", "").split(":")));
    folders.addAll(List.of("/usr/sbin", "/usr/local/sbin", "/opt/homebrew/sbin"));
    return folders.stream()
        .map(folder -> Path.of(folder, "mosquitto"))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /// Returns a port that was free a moment ago: mosquitto cannot choose one and tell it.
  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static void awaitPort(ChildProcess process, InetSocketAddress address)
      throws IOException {
    long end = System.nanoTime() + START.toNanos();
    while (process.isAlive() && System.nanoTime() < end) {
      try (var socket = new Socket()) {
        socket.connect(address, 1_000);
        return;
      } catch (IOException _) {
        LockSupport.parkNanos(20_000_000);
      }
    }
    throw new IOException("mosquitto does not start");
  }

  public InetSocketAddress address() {
    return address;
  }

  public ChildProcess process() {
    return process;
  }

  @Override
  public void close() {
    process.close();
  }
}
