// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.model;

import java.util.Optional;

/// One target's part of a task. `number` counts from 0 within the task; `deliveries` is how many
/// registrations it reached.
public record Message(
    TaskId task, int number, String target, Optional<String> messageId, int deliveries) {}
