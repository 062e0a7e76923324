// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
/// What both SQL stores share: statements, codecs, group commit, schema.
///
/// - Everything is written through the [Writer]; a caller returns after its commit.
/// - Deliveries change state in [Records] and nowhere else.
/// - The unique indexes are the judges between racers; looking first only spares them work.
package dev.boomerang.store.sql;
