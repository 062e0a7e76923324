// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.web.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.boomerang.model.text.WellFormedText;

/// Holds the bytes of a request or a reply. They are never copied: whoever hands them over must not
/// change them from then on.
public final class Body {
  public static final Body EMPTY = new Body(new byte[0]);

  private final byte[] bytes;

  private Body(byte[] bytes) {
    this.bytes = bytes;
  }

  public static Body of(byte[] bytes) {
    return bytes.length == 0 ? EMPTY : new Body(bytes);
  }

  public static Body of(String text) {
    return of(text.getBytes(UTF_8));
  }

  public byte[] bytes() {
    return bytes;
  }

  /// Returns the bytes as UTF-8; what is not is left for
  /// [TextCheck][dev.boomerang.web.text.TextCheck] to find.
  public String text() {
    return WellFormedText.decode(bytes);
  }

  public boolean isEmpty() {
    return bytes.length == 0;
  }

  @Override
  public String toString() {
    return bytes.length + " bytes";
  }
}
