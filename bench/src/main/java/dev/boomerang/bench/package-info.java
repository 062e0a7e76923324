// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0

/// The benches. Each starts the servers it needs as processes of their own, loads them from this
/// process over the loopback, and prints what it measured beside the budget and, where one is
/// installed, beside mosquitto in the same run.
@NullMarked
package dev.boomerang.bench;

import org.jspecify.annotations.NullMarked;
