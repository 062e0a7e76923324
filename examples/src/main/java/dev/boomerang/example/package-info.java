// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0

/// Small programs that use the vendors' own clients, as their documents show them; only the
/// endpoint is ours.
@NullMarked
package dev.boomerang.example;

import org.jspecify.annotations.NullMarked;
