// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
/// Sends what the store notes for webhooks: signed, at least once, in order for each task.
package dev.boomerang.engine.webhook;
