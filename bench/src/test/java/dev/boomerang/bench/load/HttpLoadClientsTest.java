// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.bench.load;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;

class HttpLoadClientsTest {
  private static final String HEAD = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n";

  @Test
  void answer_isWholeWithItsLastByte() {
    assertThat(isWhole(HEAD)).isFalse();
    assertThat(isWhole(HEAD + "\r\n")).isFalse();
    assertThat(isWhole(HEAD + "\r\n1234")).isFalse();
    assertThat(isWhole(HEAD + "\r\n12345")).isTrue();
    assertThat(isWhole(HEAD + "A: b\r\n\r\n12345")).isTrue();
  }

  private static boolean isWhole(String bytes) {
    return HttpLoadClients.isWhole(Unpooled.copiedBuffer(bytes, US_ASCII));
  }
}
