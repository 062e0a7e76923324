// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
/// Stores registrations, and the index from which segments are answered.
///
/// Whatever changes a registration changes the index in the same transaction.
package dev.boomerang.store.sql.registration;
