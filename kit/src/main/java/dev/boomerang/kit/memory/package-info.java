// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
/// A store that lasts as long as the object, under the same contracts as the others. For tests and
/// benchmarks; no setting offers it.
package dev.boomerang.kit.memory;
