// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
/// The actions about devices: binding a user, reporting a device, asking for its state.
@NullMarked
package dev.boomerang.dialect.mpaas.device;

import org.jspecify.annotations.NullMarked;
