// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
/// Turns values of the model into the text that a column holds, and back.
///
/// These classes touch no database. A change of a format must still read what is stored.
package dev.boomerang.store.sql.codec;
