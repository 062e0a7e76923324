// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0

/// Settings: what can be set, where it is set, and what it is then. `boomerang.properties` names
/// and explains every setting; nothing has a default anywhere else.
@NullMarked
package dev.boomerang.server.config;

import org.jspecify.annotations.NullMarked;
