// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
/**
 * Remembers the deliveries of this device, and sends their receipts to the server. Nothing here
 * calls the app.
 */
@NullMarked
package dev.boomerang.device.internal.delivery;

import org.jspecify.annotations.NullMarked;
