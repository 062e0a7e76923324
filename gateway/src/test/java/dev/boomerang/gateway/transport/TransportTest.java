// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.gateway.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.epoll.Epoll;
import io.netty.channel.unix.Errors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/// Tests that the native transport is there where it can be: its classes and its library are taken
/// from one release, the rest of Netty from a newer one.
class TransportTest {
  @Test
  @EnabledOnOs(OS.LINUX)
  void epoll_loadsOnLinux_andKnowsTheSystemsErrors() {
    assertThat(Epoll.unavailabilityCause()).isNull();
    assertThat(Transport.best().name()).isEqualTo("epoll");
    assertThat(Errors.ERRNO_EPIPE_NEGATIVE).isNegative();
  }
}
