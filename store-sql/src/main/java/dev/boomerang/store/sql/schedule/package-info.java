// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
/// Stores schedules and their occurrences.
///
/// When an occurrence is due is the engine's business.
package dev.boomerang.store.sql.schedule;
