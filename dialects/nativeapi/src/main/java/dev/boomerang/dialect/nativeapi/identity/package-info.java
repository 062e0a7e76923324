// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
/// Decides who a device is: identity tokens, the keys that check them, the rule for binding a user,
/// and the endpoints that set an app's identity mode. Nothing here stores a registration.
package dev.boomerang.dialect.nativeapi.identity;
