// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.gateway.transport;

import dev.boomerang.model.text.TrustedProxies;
import io.netty.handler.codec.haproxy.HAProxyCommand;
import io.netty.handler.codec.haproxy.HAProxyMessage;
import java.net.InetSocketAddress;
import java.util.Optional;

/// Reads the header of the PROXY protocol.
final class ProxyHeader {
  private ProxyHeader() {}

  /// Returns the client's address. Empty if the proxy connects for itself, as in a health check, or
  /// states no IP address.
  static Optional<InetSocketAddress> source(HAProxyMessage header) {
    return Optional.of(header)
        .filter(it -> it.command() == HAProxyCommand.PROXY)
        .flatMap(it -> Optional.ofNullable(it.sourceAddress()))
        .flatMap(TrustedProxies::address)
        .map(address -> new InetSocketAddress(address, header.sourcePort()));
  }
}
