// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0

/// What those who run the server look at: health, metrics, logs. Nothing here decides anything for
/// the rest.
@NullMarked
package dev.boomerang.server.ops;

import org.jspecify.annotations.NullMarked;
