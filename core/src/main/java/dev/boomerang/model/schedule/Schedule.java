// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.model.schedule;

import dev.boomerang.model.app.AppId;
import dev.boomerang.model.push.DialectDetail;
import dev.boomerang.model.push.Push;
import java.time.Instant;

/// A plan of pushes. The push is fixed when the schedule is accepted, a template in it filled; its
/// audience is asked for at each firing. `endsAt` is its last firing as planned, also while it is
/// suspended. `detail` is what its dialect has to know again, kept and never read here.
public record Schedule(
    ScheduleId id,
    AppId app,
    Push push,
    boolean cyclic,
    Instant createdAt,
    Instant endsAt,
    DialectDetail detail) {}
