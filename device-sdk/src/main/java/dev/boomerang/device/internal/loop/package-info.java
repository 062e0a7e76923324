// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
/**
 * Provides the event loop that owns a client's state, the thread for calls that block, and the
 * waits between tries. Nothing here knows what runs on them.
 */
@NullMarked
package dev.boomerang.device.internal.loop;

import org.jspecify.annotations.NullMarked;
