// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.server.config;

import dev.boomerang.gateway.config.GatewayConfig;
import java.util.Set;

/// Settings of the gateway and of the address that devices get: an empty host is the one they
/// asked, if that is one of `allowedHosts`; port 0 the one it listens on.
public record GatewaySettings(
    GatewayConfig config, String publicHost, Set<String> allowedHosts, int publicPort) {}
