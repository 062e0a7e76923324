// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0

/// The device gateway: [Gateway] listens on one port for MQTT 5, 3.1.1 and 3.1 over TCP, TLS and
/// WebSocket, and puts the parts below together. `docs/device-protocol.md` is the protocol that a
/// device sees.
///
/// No part uses this package. `connection` uses `session`, `mqtt`, `login` and `transport`;
/// `transport` uses `mqtt`; `mqtt` knows the reason codes of `session`; all may use `config`.
@NullMarked
package dev.boomerang.gateway;

import org.jspecify.annotations.NullMarked;
