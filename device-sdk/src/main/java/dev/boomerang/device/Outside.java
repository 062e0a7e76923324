// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.device;

import java.util.concurrent.Executor;
import java.util.function.DoubleSupplier;

/**
 * What a client needs of the world: time and threads, the network, chance. Tests give their own.
 */
final class Outside {
  final Loop loop;

  /** For what blocks; answers come back through the loop. */
  final Executor background;

  final Desk desk;
  final Links links;
  final DoubleSupplier random;

  /** The same world with another loop. */
  Outside with(Loop other) {
    return new Outside(other, background, desk, links, random);
  }

  Outside(Loop loop, Executor background, Desk desk, Links links, DoubleSupplier random) {
    this.loop = loop;
    this.background = background;
    this.desk = desk;
    this.links = links;
    this.random = random;
  }
}
