// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.mpaas.gateway;

/// Holds what can be set about the gateway: the rate of each key (0 for no limit), how many nonces
/// the replay guard remembers, and the help text of every gateway error.
public record GatewaySettings(int callsPerSecond, int maxNonces, String recommend) {}
