// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0

/// Device connections: MQTT 5, 3.1.1 and 3.1 over TCP, TLS and WebSocket on one port. The protocol
/// a device sees is written down in `docs/device-protocol.md`.
///
/// Invariants of this room:
///
/// - A session's state is touched on its connection's event loop only; the one exception is its
///   [OfferGate][dev.boomerang.gateway.session.OfferGate], which is atomic.
/// - An event loop never blocks and never asks the store: reading and recording are done on virtual
///   threads, one at a time for each session and kind, and come back to the loop as tasks.
/// - A parcel is written inside the engine's fence or not at all. What is dropped unwritten is
///   reported, if no earlier hand-over of it took place.
/// - What a session holds is bounded; what does not fit waits in the store and is read again when
///   there is room.
/// - [Session][dev.boomerang.gateway.session.Session] and its parts know nothing of sockets: they
///   speak to a [DeviceLink][dev.boomerang.gateway.session.DeviceLink].
@NullMarked
package dev.boomerang.gateway;

import org.jspecify.annotations.NullMarked;
