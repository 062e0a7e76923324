// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.gateway;

import dev.boomerang.engine.deliver.Devices;
import java.time.Clock;

/// What all sessions of a gateway have in common.
record Shared(Devices devices, GatewayConfig.Flow flow, GatewayListener listener, Clock clock) {}
