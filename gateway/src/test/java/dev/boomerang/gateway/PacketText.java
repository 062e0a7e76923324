// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.HexFormat;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads packets written as text: bytes in hex, `'text'` with its length before it, `$name` for a
/// text of the device, `(…)` for a part with its length before it as a variable byte integer. A
/// packet is its first byte and `(…)`.
final class PacketText {
  private static final Pattern TOKEN =
      Pattern.compile("\\s*(?:'([^']*)'|\\$(\\w+)|([()])|([0-9A-Fa-f]{2}))\\s*");

  private final Map<String, String> names;

  PacketText(GatewayFixture.RegisteredDevice registeredDevice) {
    names =
        Map.of(
            "id", registeredDevice.name(),
            "app", GatewayFixture.APP.value(),
            "secret", registeredDevice.secret(),
            "push", registeredDevice.pushTopic(),
            "receipt", registeredDevice.receiptTopic());
  }

  byte[] bytes(String text) {
    Matcher tokens = TOKEN.matcher(text);
    var out = new ByteArrayOutputStream();
    int end = read(tokens, 0, text, out);
    if (end != text.length()) {
      throw new IllegalArgumentException(text + " at " + end);
    }
    return out.toByteArray();
  }

  private int read(Matcher tokens, int begin, String text, ByteArrayOutputStream out) {
    int at = begin;
    while (at < text.length() && tokens.region(at, text.length()).lookingAt()) {
      at = tokens.end();
      if (tokens.group(1) != null) {
        text(tokens.group(1), out);
      } else if (tokens.group(2) != null) {
        text(names.getOrDefault(tokens.group(2), tokens.group()), out);
      } else if (tokens.group(4) != null) {
        out.writeBytes(HexFormat.of().parseHex(tokens.group(4)));
      } else if (tokens.group(3).equals("(")) {
        var inner = new ByteArrayOutputStream();
        at = read(tokens, at, text, inner);
        length(inner.size(), out);
        out.writeBytes(inner.toByteArray());
      } else {
        return at;
      }
    }
    return at;
  }

  private static void text(String value, ByteArrayOutputStream out) {
    byte[] utf8 = value.getBytes(UTF_8);
    out.write(utf8.length >> 8);
    out.write(utf8.length);
    out.writeBytes(utf8);
  }

  private static void length(int length, ByteArrayOutputStream out) {
    int rest = length;
    while (rest > 0x7F) {
      out.write((rest & 0x7F) | 0x80);
      rest >>>= 7;
    }
    out.write(rest);
  }
}
