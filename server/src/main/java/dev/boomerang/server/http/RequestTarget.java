// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.server.http;

import dev.boomerang.web.http.Headers;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/// Path and query of a request line, as they stood there. Bytes beyond ASCII, which real clients
/// send raw, are percent-encoded, so that one decoder fits all.
record RequestTarget(String path, String query) {
  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  static RequestTarget of(String uri) {
    String local = ascii(local(uri));
    int mark = local.indexOf('?');
    return mark < 0
        ? new RequestTarget(local, "")
        : new RequestTarget(local.substring(0, mark), local.substring(mark + 1));
  }

  /// Returns the local part of `http://host/path`, which callers behind a proxy send.
  private static String local(String uri) {
    if (uri.startsWith("/")) {
      return uri;
    }
    int scheme = uri.indexOf("://");
    if (scheme < 0) {
      return uri;
    }
    for (int i = scheme + 3; i < uri.length(); i++) {
      if (uri.charAt(i) == '/') {
        return uri.substring(i);
      }
      if (uri.charAt(i) == '?') {
        return "/" + uri.substring(i);
      }
    }
    return "/";
  }

  /// The server hands every byte of the request line over as the character of the same number.
  private static String ascii(String line) {
    if (line.chars().allMatch(c -> c < 0x80)) {
      return line;
    }
    var text = new StringBuilder(line.length() * 2);
    line.chars()
        .forEach(
            c -> {
              if (c < 0x80) {
                text.append((char) c);
              } else {
                text.append('%').append(HEX.toHexDigits((byte) c));
              }
            });
    return text.toString();
  }

  static Headers headers(MultiMap fields) {
    List<Map.Entry<String, String>> list = new ArrayList<>(fields.size());
    fields.forEach((name, value) -> list.add(Map.entry(name, value)));
    return Headers.of(list);
  }

  /// Returns the length that the head declares for the body; 0 if it does not say.
  static long declaredLength(HttpServerRequest request) {
    String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    try {
      return length == null ? 0 : Long.parseLong(length.strip());
    } catch (NumberFormatException _) {
      return 0;
    }
  }
}
