// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
/// Stores tasks, their deliveries and their recalls, and applies the lifecycle to deliveries that
/// have a row each.
///
/// Deliveries of broadcasts are handed to the `broadcast` package.
package dev.boomerang.store.sql.task;
