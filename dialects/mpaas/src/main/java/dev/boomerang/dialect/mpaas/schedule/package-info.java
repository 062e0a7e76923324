// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
/// The actions that list and cancel scheduled pushes. Scheduling itself is part of `push`.
@NullMarked
package dev.boomerang.dialect.mpaas.schedule;

import org.jspecify.annotations.NullMarked;
