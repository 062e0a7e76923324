// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
/// What Getui's three protocols share: who calls, names of tasks, sending, taking back, users,
/// numbers. Each protocol has a package of its own, which reads its bodies, asks here, and answers
/// in its own words; here nobody knows a code or a field of theirs.
package dev.boomerang.dialect.getui;
