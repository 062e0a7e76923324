// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
/// Holds what lies directly on JDBC: sessions with their prepared statements, statements over many
/// rows, the meaning of error codes, and the [Database] that SQLite and PostgreSQL each implement.
///
/// Nothing here knows a table of the program.
package dev.boomerang.store.sql.jdbc;
