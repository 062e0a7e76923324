// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
/**
 * Public API of the storage: keeps what must outlive the process, in files or in memory. Nothing
 * here knows what the records mean.
 */
@NullMarked
package dev.boomerang.device.storage;

import org.jspecify.annotations.NullMarked;
