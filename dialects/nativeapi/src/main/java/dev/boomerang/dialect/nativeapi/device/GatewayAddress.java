// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.nativeapi.device;

import java.util.Optional;
import java.util.Set;

/// Decides where devices are to connect. `publicHost` is used if it is set; else the host that the
/// device asked, if it is one of `allowedHosts`; else `listenHost`. A `Host` header is never
/// repeated: whoever could forge it would send devices elsewhere.
public record GatewayAddress(
    String publicHost, Set<String> allowedHosts, String listenHost, int port) {
  public GatewayAddress {
    allowedHosts = Set.copyOf(allowedHosts);
  }

  /// Returns the host for a device whose request had this `Host` header.
  String host(Optional<String> hostHeader) {
    return publicHost.isEmpty()
        ? hostHeader.map(GatewayAddress::withoutPort).flatMap(this::allowed).orElse(listenHost)
        : publicHost;
  }

  /// Returns the allowed host in the spelling of the setting.
  private Optional<String> allowed(String host) {
    return allowedHosts.stream().filter(host::equalsIgnoreCase).findFirst();
  }

  private static String withoutPort(String host) {
    int port = host.lastIndexOf(':');
    return port > host.lastIndexOf(']') ? host.substring(0, port) : host;
  }
}
