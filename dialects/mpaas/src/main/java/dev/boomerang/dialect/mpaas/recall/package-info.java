// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
/// The two actions that take back what was pushed, and the answer that they share.
@NullMarked
package dev.boomerang.dialect.mpaas.recall;

import org.jspecify.annotations.NullMarked;
