// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.gateway.transport;

import dev.boomerang.model.text.TrustedProxies;
import io.netty.handler.codec.haproxy.HAProxyCommand;
import io.netty.handler.codec.haproxy.HAProxyMessage;
import java.net.InetSocketAddress;
import java.util.Optional;

/// Reads what a proxy told by the PROXY protocol.
final class ProxyHeader {
  private ProxyHeader() {}

  /// Returns the client's address. Empty if the proxy speaks for itself, as in a health check, or
  /// does not tell an address of IP.
  static Optional<InetSocketAddress> source(HAProxyMessage told) {
    return Optional.of(told)
        .filter(it -> it.command() == HAProxyCommand.PROXY)
        .flatMap(it -> Optional.ofNullable(it.sourceAddress()))
        .flatMap(TrustedProxies::address)
        .map(address -> new InetSocketAddress(address, told.sourcePort()));
  }
}
