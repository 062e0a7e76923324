// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
/// Finds and changes users by the names that Getui's callers use: cids, aliases, tags, conditions,
/// badges and the blacklist. What is pushed to them is not here.
package dev.boomerang.dialect.getui.user;
