// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.server.http;

import dev.boomerang.web.http.Body;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;

/// A body as it arrives. Used by one thread at a time.
final class BodyBuffer {
  /// Each byte is held twice while the whole is put together.
  static final int COPIES = 2;

  private final List<byte[]> chunks = new ArrayList<>();
  private int length;

  void append(Buffer chunk) {
    chunks.add(chunk.getBytes());
    length += chunk.length();
  }

  void clear() {
    chunks.clear();
    length = 0;
  }

  /// The whole, which is not kept here.
  Body take() {
    byte[] whole = chunks.size() == 1 ? chunks.getFirst() : joined();
    clear();
    return Body.of(whole);
  }

  private byte[] joined() {
    byte[] whole = new byte[length];
    int at = 0;
    for (byte[] chunk : chunks) {
      System.arraycopy(chunk, 0, whole, at, chunk.length);
      at += chunk.length;
    }
    return whole;
  }
}
