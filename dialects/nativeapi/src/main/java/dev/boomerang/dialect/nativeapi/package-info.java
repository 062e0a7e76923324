// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
/// Holds the native API's routes and the kind of its bearer tokens. Each family of endpoints has a
/// package of its own below this one, and `request` reads what a request looks like; what is done
/// with it is the engine's.
package dev.boomerang.dialect.nativeapi;
