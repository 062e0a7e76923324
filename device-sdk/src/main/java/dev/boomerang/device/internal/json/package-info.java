// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
/** Reads and writes JSON objects without a binding to classes. Nothing here knows the protocol. */
@NullMarked
package dev.boomerang.device.internal.json;

import org.jspecify.annotations.NullMarked;
