// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
/// Creates the schema and brings it up to date when a store is opened.
///
/// Statements that change tables or indexes belong here, and only here.
package dev.boomerang.store.sql.migration;
