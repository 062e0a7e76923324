// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
/** Connects to the gateway over MQTT. What arrives is passed on unread. */
@NullMarked
package dev.boomerang.device.internal.transport;

import org.jspecify.annotations.NullMarked;
