// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
/// Writes what a delivery's change of state causes besides the change itself: statistics and
/// webhook events.
///
/// Both are collected during a transaction and written at its end, in one order for all writers, so
/// that no two transactions wait for each other.
package dev.boomerang.store.sql.effect;
