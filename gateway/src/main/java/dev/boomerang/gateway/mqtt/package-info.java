// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
/// MQTT as bytes and packets: strict validation of what devices send, the packets and payloads that
/// the server sends, and the topics. Nothing here knows connections or keeps state of a device.
@NullMarked
package dev.boomerang.gateway.mqtt;

import org.jspecify.annotations.NullMarked;
