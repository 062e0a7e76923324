// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
/// Reads what a message says: template and values, extended parameters, images, what a click does.
/// Pushes and templates share it; who receives a message, and when, belongs to `push`.
@NullMarked
package dev.boomerang.dialect.mpaas.content;

import org.jspecify.annotations.NullMarked;
