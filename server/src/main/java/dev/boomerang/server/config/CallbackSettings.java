// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.server.config;

import dev.boomerang.engine.Callbacks;
import dev.boomerang.server.http.OutboundConfig;

/// How callbacks are made, and where they may go.
public record CallbackSettings(Callbacks.Config engine, OutboundConfig outbound) {}
