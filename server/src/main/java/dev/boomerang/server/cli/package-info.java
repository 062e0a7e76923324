// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0

/// The commands of `./boomerang` that are clients of a server: a phone in the terminal, push,
/// recall, stop, tail.
@NullMarked
package dev.boomerang.server.cli;

import org.jspecify.annotations.NullMarked;
