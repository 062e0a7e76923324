// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
/// The embedded default store: one SQLite file, one process, one writer.
package dev.boomerang.store.sqlite;
