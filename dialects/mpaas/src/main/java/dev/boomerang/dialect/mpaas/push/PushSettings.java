// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.mpaas.push;

import java.time.Duration;
import java.time.ZoneId;

/// Holds the limits of a push, and the zone in which the days of a schedule begin.
///
/// `maxMultiple` caps the targets of one PushMultiple.
public record PushSettings(
    Duration maxLifetime, int maxPayloadBytes, int maxMultiple, ZoneId zone) {}
