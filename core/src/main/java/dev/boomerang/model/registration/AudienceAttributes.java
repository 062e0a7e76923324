// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.model.registration;

import dev.boomerang.model.app.AppId;
import java.time.Instant;

/// What a rule for everyone asks of a registration. `since`: when it was last bound to a user, or
/// unbound; for one that never was bound, when it registered.
public record AudienceAttributes(
    AppId app, Platform platform, boolean bound, Instant since, boolean blocked) {}
