// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
/// What lies below MQTT on a connection: epoll or NIO, the PROXY protocol, TLS and WebSocket, told
/// apart by the first bytes. It learns nothing of devices; what it finds out about the client goes
/// to a [TransportListener].
@NullMarked
package dev.boomerang.gateway.transport;

import org.jspecify.annotations.NullMarked;
