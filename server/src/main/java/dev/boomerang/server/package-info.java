// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0

/// The process: configuration, the parts put together, health, metrics, logs. [Main] is the picture
/// of it all.
@NullMarked
package dev.boomerang.server;

import org.jspecify.annotations.NullMarked;
