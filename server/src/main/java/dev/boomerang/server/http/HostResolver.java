// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.server.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/// Finds the addresses of a host. Blocks as long as the system's resolver does.
interface HostResolver {
  HostResolver SYSTEM = name -> List.of(InetAddress.getAllByName(name));

  /// Returns at least one address, the preferred one first.
  List<InetAddress> addresses(String name) throws UnknownHostException;
}
