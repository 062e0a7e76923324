// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.model.registration;

import dev.boomerang.model.app.AppId;
import java.time.Instant;

/// Holds what a rule for everyone asks of a registration. `since` is when it was last bound to a
/// user, or unbound; for one that was never bound, when it registered.
public record AudienceAttributes(
    AppId app, Platform platform, boolean bound, Instant since, boolean blocked) {}
