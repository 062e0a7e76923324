// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
/** The MQTT connection to the gateway. What arrives is handed on unread. */
@NullMarked
package dev.boomerang.device.internal.transport;

import org.jspecify.annotations.NullMarked;
