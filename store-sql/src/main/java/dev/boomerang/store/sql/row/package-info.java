// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
/// Turns tasks, messages and deliveries into rows, and back.
///
/// Statements that belong to one store only are in that store's package.
package dev.boomerang.store.sql.row;
