// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
/// Computes the numbers of tasks, groups and days for all three protocols. The form of an answer is
/// not here.
package dev.boomerang.dialect.getui.report;
