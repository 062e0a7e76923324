// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
/// Implements the store's ports on any SQL database that a `jdbc.Database` describes.
///
/// Only [SqlStore] lives here; it wires the packages below it. SQLite and PostgreSQL have modules
/// of their own, and what only one of them understands belongs there.
///
/// - Everything is written through the `transaction.Writer`; a caller returns after its commit.
/// - Deliveries change state in `task.ApplyEvents` and `broadcast`, and nowhere else.
/// - The unique indexes decide between racers; looking first only spares them work.
package dev.boomerang.store.sql;
