// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.bench;

/// One measurement, from starting its servers to the figures.
interface Bench {
  void run(Options options, Report report) throws Exception;
}
