// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.device;

import dev.boomerang.device.internal.loop.EventLoop;
import dev.boomerang.device.internal.registration.RegistrationApi;
import dev.boomerang.device.internal.transport.MqttTransport;
import java.util.concurrent.Executor;
import java.util.function.DoubleSupplier;

/**
 * Holds what a client needs from outside: time and threads, the network, randomness. Tests replace
 * it.
 */
final class ClientDependencies {
  final EventLoop loop;

  /** Runs calls that block; their answers come back through the loop. */
  final Executor background;

  final RegistrationApi registrationApi;
  final MqttTransport transport;
  final DoubleSupplier random;

  /** Returns the same environment with another loop. */
  ClientDependencies with(EventLoop other) {
    return new ClientDependencies(other, background, registrationApi, transport, random);
  }

  ClientDependencies(
      EventLoop loop,
      Executor background,
      RegistrationApi registrationApi,
      MqttTransport transport,
      DoubleSupplier random) {
    this.loop = loop;
    this.background = background;
    this.registrationApi = registrationApi;
    this.transport = transport;
    this.random = random;
  }
}
