// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
/// Keeps a store in memory for as long as the object lives, under the same contracts as the others.
/// It is for tests and benchmarks; no setting offers it.
package dev.boomerang.kit.memory;
