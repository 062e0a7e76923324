// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0

/// Health, metrics and logs, for those who run the server. Nothing here decides anything for the
/// rest.
@NullMarked
package dev.boomerang.server.ops;

import org.jspecify.annotations.NullMarked;
