// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
/// Holds the contracts about one delivery: how its state changes, where it waits, how long it is
/// deferred, and what it counts for. Those about whole pushes are a package above.
package dev.boomerang.kit.contract.delivery;
