// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.bench;

final class AcceptBench implements Bench {
  @Override
  public void run(Options options, Report report) {}
}
