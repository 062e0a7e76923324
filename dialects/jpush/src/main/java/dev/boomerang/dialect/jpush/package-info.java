// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
/// JPush's REST API v3: every call is a route, read into the engine's own words and answered in
/// JPush's.
package dev.boomerang.dialect.jpush;
