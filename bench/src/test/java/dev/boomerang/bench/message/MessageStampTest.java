// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.bench.message;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;

class MessageStampTest {
  private final MessageStamp messageStamp = new MessageStamp();

  @Test
  void number_comesBackOutOfAMessage() {
    assertThat(read(new String(BenchMessage.payload("1".repeat(23), 1234567890123L), UTF_8)))
        .isEqualTo(1234567890123L);
  }

  @Test
  void stampThatMoved_isFoundAgain() {
    assertThat(read("ab" + MessageStamp.text(1))).isEqualTo(1);
    assertThat(read("abcdef" + MessageStamp.text(2) + "gh")).isEqualTo(2);
    assertThat(read(MessageStamp.text(Long.MAX_VALUE))).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void textWithoutAStamp_hasNone() {
    assertThat(read("~#12")).isEqualTo(MessageStamp.NONE);
    assertThat(read("")).isEqualTo(MessageStamp.NONE);
  }

  private long read(String text) {
    ByteBuf in = Unpooled.copiedBuffer("before" + text, UTF_8);
    return messageStamp.read(in, 6, in.writerIndex() - 6);
  }
}
