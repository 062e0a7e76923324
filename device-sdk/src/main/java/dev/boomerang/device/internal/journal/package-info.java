// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
/**
 * Keeps the journal: every change of a client's state is a record that is applied and stored the
 * same way. What the records mean belongs to the states that read them, not here.
 */
@NullMarked
package dev.boomerang.device.internal.journal;

import org.jspecify.annotations.NullMarked;
