// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
/// Runs transactions: group commit for writes, snapshots for reads, retries, and the watch over
/// outages.
///
/// Nothing here knows what is written or read.
package dev.boomerang.store.sql.transaction;
