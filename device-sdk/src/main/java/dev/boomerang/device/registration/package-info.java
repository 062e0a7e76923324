// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
/**
 * Public API of registration: the supplier of identity tokens, and the error that an app receives
 * when the server refuses a call. The calls themselves are in {@code internal.registration}.
 */
@NullMarked
package dev.boomerang.device.registration;

import org.jspecify.annotations.NullMarked;
