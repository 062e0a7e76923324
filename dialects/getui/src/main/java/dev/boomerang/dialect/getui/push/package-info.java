// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
/// Pushes to single users, lists and apps, resolves their tasks' names and states, and stops and
/// revokes them, for all three protocols. Codes and fields of the protocols are not here.
package dev.boomerang.dialect.getui.push;
