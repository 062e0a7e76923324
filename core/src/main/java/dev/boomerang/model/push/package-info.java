// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
/// Pushes, the tasks that accepted ones become, and what is asked of a task afterwards: recalls and
/// receipts.
package dev.boomerang.model.push;
