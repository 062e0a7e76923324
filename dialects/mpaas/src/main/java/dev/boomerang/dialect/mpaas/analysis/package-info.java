// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
/// The actions that answer with numbers: sums over days, the list of tasks, one task.
@NullMarked
package dev.boomerang.dialect.mpaas.analysis;

import org.jspecify.annotations.NullMarked;
