// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
/**
 * Public API: where a client keeps what must outlive the process, in files or in memory. What the
 * records say is not known here.
 */
@NullMarked
package dev.boomerang.device.storage;

import org.jspecify.annotations.NullMarked;
