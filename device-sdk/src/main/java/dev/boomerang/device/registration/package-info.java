// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
/**
 * Public API about registering: where identity tokens come from, and the error of the server that
 * an app is told of.
 */
@NullMarked
package dev.boomerang.device.registration;

import org.jspecify.annotations.NullMarked;
