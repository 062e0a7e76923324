// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
/// Answers questions about tasks: their deliveries, counts and statistics. Changes nothing.
package dev.boomerang.engine.report;
