// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
/// Parses a push object (audience, content, options, callback) into the engine's `Push`, and
/// refuses what is malformed. Nothing here submits a push or writes a reply.
package dev.boomerang.dialect.jpush.request;
