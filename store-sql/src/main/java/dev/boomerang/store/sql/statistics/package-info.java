// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
/// Answers questions about how many deliveries got how far.
///
/// It only reads; the sums are written by the `effect` package.
package dev.boomerang.store.sql.statistics;
