// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
/// Stores broadcasts and the state of their deliveries, which are bits in bitmaps instead of rows.
///
/// A bitmap covers one chunk of registrations; a transaction locks the broadcast's row first and
/// then the chunks it changes.
package dev.boomerang.store.sql.broadcast;
