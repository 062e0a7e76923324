// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
/// Limits how much memory calls hold and how often callers call. Nothing here answers a call; the
/// server and the dialects turn a limit that is reached into their own refusal.
package dev.boomerang.web.limit;
