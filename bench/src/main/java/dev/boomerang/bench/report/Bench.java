// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.bench.report;

/// A measurement, from starting its servers to the figures.
public interface Bench {
  void run(BenchOptions benchOptions, BenchReport benchReport) throws Exception;
}
