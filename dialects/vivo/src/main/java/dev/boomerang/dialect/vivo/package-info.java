// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
/// vivo's push server API: every call is a route, read into the engine's own words and answered in
/// vivo's. Whatever the outcome of a call, it travels in an HTTP 200 with a numeric `result`:
/// vivo's own client throws at everything else.
package dev.boomerang.dialect.vivo;
