// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// jpush-async 4.2.0. It loses every query string, so reports by `msg_ids`, users by day, and
/// platforms are out; its callback flavour takes every answer for an error, so that is out.
class JpushAsync42IT extends JpushAsyncTests {

  JpushAsync42IT() {
    super("4.2.0");
  }

  /// With an empty body, as the vendor's documents have it, this call never comes back.
  @Test
  void callThatReturnsNothing_comesBack() throws Exception {
    assertThat(node.answer("{'call':['deleteTag','none']}").isObject()).isTrue();
  }

  @Test
  void reportWithoutItsIds_isRefused() throws Exception {
    assertThat(node.error("{'call':['getReportReceiveds','1']}").path("response").asText())
        .contains("3002");
  }
}
