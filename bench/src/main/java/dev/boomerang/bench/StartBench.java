// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.bench;

final class StartBench implements Bench {
  @Override
  public void run(Options options, Report report) {}
}
