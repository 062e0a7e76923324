// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
/// Holds the services that Getui's three protocols share, built over an engine, and their settings.
/// Each protocol has a package of its own, which reads its bodies, calls these services, and
/// answers with its own codes. No code or field of a protocol is known here.
package dev.boomerang.dialect.getui;
