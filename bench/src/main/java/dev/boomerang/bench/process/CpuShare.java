// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.bench.process;

import java.time.Duration;
import java.util.Locale;

/// Tells who used the processors meanwhile. Where the driver takes as much as the server, the
/// figure is the machine's and not the server's.
public final class CpuShare {
  private final long server;
  private final long begin = System.nanoTime();
  private final Duration serverBefore;
  private final Duration driverBefore;

  private CpuShare(long server) {
    this.server = server;
    this.serverBefore = used(server);
    this.driverBefore = used(ProcessHandle.current().pid());
  }

  public static CpuShare since(ChildProcess server) {
    return new CpuShare(server.pid());
  }

  /// In cores, on average since the beginning.
  @Override
  public String toString() {
    double seconds = (System.nanoTime() - begin) / 1e9;
    return String.format(
        Locale.ROOT,
        "server %.2f cores, driver %.2f",
        used(server).minus(serverBefore).toMillis() / 1e3 / seconds,
        used(ProcessHandle.current().pid()).minus(driverBefore).toMillis() / 1e3 / seconds);
  }

  /// Returns the processor time a process has used; zero if it has ended or the system does not
  /// tell.
  private static Duration used(long pid) {
    return ProcessHandle.of(pid)
        .flatMap(handle -> handle.info().totalCpuDuration())
        .orElse(Duration.ZERO);
  }
}
