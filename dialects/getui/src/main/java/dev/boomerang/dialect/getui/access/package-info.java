// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
/// Authenticates the callers of Getui's protocols: keys, signatures and log-ins. What a caller may
/// do is not here.
package dev.boomerang.dialect.getui.access;
