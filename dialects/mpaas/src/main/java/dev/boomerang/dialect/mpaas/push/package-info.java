// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
/// The four push actions, and what they read: targets, options and the time of the push.
@NullMarked
package dev.boomerang.dialect.mpaas.push;

import org.jspecify.annotations.NullMarked;
