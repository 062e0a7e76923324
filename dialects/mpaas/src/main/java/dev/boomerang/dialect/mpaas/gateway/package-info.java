// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
/// The endpoint: authenticates a call, finds its action and writes the answer as JSON or XML. No
/// rule of a single action belongs here.
@NullMarked
package dev.boomerang.dialect.mpaas.gateway;

import org.jspecify.annotations.NullMarked;
