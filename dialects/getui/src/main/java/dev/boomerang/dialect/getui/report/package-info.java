// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
/// Numbers of tasks, groups and days for all three protocols. How an answer looks is not here.
package dev.boomerang.dialect.getui.report;
