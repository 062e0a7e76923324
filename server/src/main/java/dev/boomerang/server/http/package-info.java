// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0

/// The HTTP server behind the four records of [dev.boomerang.web]. Vert.x lives here and nowhere
/// else.
///
/// One event loop reads and writes; every call runs on a virtual thread of its own. Nothing on the
/// event loop blocks, and nothing an endpoint does can hold up another's bytes.
@NullMarked
package dev.boomerang.server.http;

import org.jspecify.annotations.NullMarked;
