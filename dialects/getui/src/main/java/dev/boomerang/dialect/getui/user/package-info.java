// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
/// Users as Getui's callers name them: cids, aliases, tags, conditions, badges and the blacklist.
/// What is pushed to them is not here.
package dev.boomerang.dialect.getui.user;
