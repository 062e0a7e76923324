// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
/// Authenticates the callers of Getui's protocols: keys, signatures, log-ins, and the routes of
/// calls that need a log-in. What a caller may do is not here.
package dev.boomerang.dialect.getui.access;
