// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
/// The connection of one device, as a Netty handler, and its states from the first packet to the
/// close: [AwaitingConnect], [Authenticating], [Connected]. States know the connection; the
/// connection knows only [ConnectionState]. Everything runs on the event loop of the connection.
@NullMarked
package dev.boomerang.gateway.connection;

import org.jspecify.annotations.NullMarked;
