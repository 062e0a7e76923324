// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
/// The two signature schemes, and the guard against replayed calls. Nothing here knows of keys in a
/// store or of actions.
@NullMarked
package dev.boomerang.dialect.mpaas.signature;

import org.jspecify.annotations.NullMarked;
