// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
/// The services that Getui's three protocols share, put together over an engine, and their
/// settings. Each protocol has a package of its own, which reads its bodies, calls these services,
/// and answers with its own codes; no code or field of a protocol is known here.
package dev.boomerang.dialect.getui;
