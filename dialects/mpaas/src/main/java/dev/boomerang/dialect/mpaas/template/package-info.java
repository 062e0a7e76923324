// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
/// The four template actions. They have an answer and error codes of their own.
@NullMarked
package dev.boomerang.dialect.mpaas.template;

import org.jspecify.annotations.NullMarked;
