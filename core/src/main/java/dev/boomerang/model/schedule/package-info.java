// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
/// Pushes for later: schedules, their triggers and their occurrences.
package dev.boomerang.model.schedule;
