// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
/// Holds the endpoints about accepted pushes: task reports, stops, recalls and statistics. Nothing
/// here accepts a push.
package dev.boomerang.dialect.nativeapi.task;
