// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
/// Describes the tables that are read and written as whole rows.
///
/// It holds names and types of columns only, no statements and nothing of JDBC.
package dev.boomerang.store.sql.schema;
