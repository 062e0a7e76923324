// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
/// The limits of what strangers may cost: how many log-ins are checked at once, how long refusals
/// wait, and how many connections of an address may be without a CONNECT. Free of Netty and of
/// MQTT.
@NullMarked
package dev.boomerang.gateway.login;

import org.jspecify.annotations.NullMarked;
