// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.nativeapi.identity;

import java.util.Optional;

/// Holds the claims of a valid identity token: this user is on this device, and may have this
/// alias.
public record IdentityClaims(String user, String device, Optional<String> alias) {}
