// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
/// Hands out the events that wait for webhooks, and takes note of which were delivered.
///
/// Events are written by the `effect` package.
package dev.boomerang.store.sql.webhook;
