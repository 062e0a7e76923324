// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
/**
 * Registers the device over HTTP, and keeps its identity, its credentials and its identity tokens.
 * There is no MQTT here.
 */
@NullMarked
package dev.boomerang.device.internal.registration;

import org.jspecify.annotations.NullMarked;
