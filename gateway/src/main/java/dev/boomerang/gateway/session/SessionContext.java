// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.gateway.session;

import dev.boomerang.engine.deliver.Devices;
import dev.boomerang.gateway.config.GatewayConfig;
import dev.boomerang.gateway.config.GatewayListener;
import java.time.Clock;

/// Holds what all sessions of a gateway share.
public record SessionContext(
    Devices devices, GatewayConfig.Flow flow, GatewayListener listener, Clock clock) {}
