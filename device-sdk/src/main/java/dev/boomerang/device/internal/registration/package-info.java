// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
/**
 * Registering over HTTP, and what the device is to the server: its identity, its credentials and
 * its identity tokens. No MQTT here.
 */
@NullMarked
package dev.boomerang.device.internal.registration;

import org.jspecify.annotations.NullMarked;
