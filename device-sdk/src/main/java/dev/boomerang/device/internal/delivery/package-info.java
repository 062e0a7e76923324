// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
/**
 * What the device remembers of deliveries, and the receipts on their way to the server. Nothing
 * here shows anything.
 */
@NullMarked
package dev.boomerang.device.internal.delivery;

import org.jspecify.annotations.NullMarked;
