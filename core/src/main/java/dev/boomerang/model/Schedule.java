// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.model;

import java.time.Instant;

/// A plan of pushes. The push is fixed when the schedule is accepted, a template in it filled; its
/// audience is asked for at each firing.
public record Schedule(ScheduleId id, AppId app, Push push, boolean cyclic, Instant createdAt) {}
