// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.gateway.connection;

import dev.boomerang.gateway.config.GatewayConfig;
import dev.boomerang.gateway.login.LoginQueue;
import dev.boomerang.gateway.login.LoginThrottle;
import dev.boomerang.gateway.login.PendingConnections;
import dev.boomerang.gateway.session.SessionContext;

/// Holds what all connections of a gateway share. `onClosed` runs once for each connection that is
/// gone.
public record ConnectionContext(
    GatewayConfig config,
    SessionContext sessions,
    LoginThrottle loginThrottle,
    LoginQueue logins,
    PendingConnections pending,
    Runnable onClosed) {}
