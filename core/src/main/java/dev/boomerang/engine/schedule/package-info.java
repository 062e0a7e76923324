// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
/// Plans the occurrences of schedules and runs those that are due.
package dev.boomerang.engine.schedule;
