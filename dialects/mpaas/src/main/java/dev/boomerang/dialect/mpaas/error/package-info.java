// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
/// The two kinds of error that the dialect answers: [GatewayError], HTTP 400 and above, and
/// [ResultCode], HTTP 200, each with the exception that carries it. Nothing here writes a reply.
@NullMarked
package dev.boomerang.dialect.mpaas.error;

import org.jspecify.annotations.NullMarked;
