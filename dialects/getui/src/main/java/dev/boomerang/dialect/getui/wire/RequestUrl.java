// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui.wire;

import dev.boomerang.web.http.Call;
import java.util.Optional;

/// Finds the URL of a call as its caller wrote it. Libraries go on at the URL that they are given,
/// so it must not be another.
final class RequestUrl {
  private RequestUrl() {}

  /// Returns the URL; empty if the call does not say. The scheme's default port is left out: the
  /// Java library cannot cope with `:80` and `:443`.
  static Optional<String> of(Call call) {
    String scheme = first(call, "X-Forwarded-Proto").orElse("http");
    String port = scheme.equalsIgnoreCase("https") ? ":443" : ":80";
    return first(call, "X-Forwarded-Host")
        .or(() -> first(call, "Host"))
        .map(host -> host.endsWith(port) ? host.substring(0, host.length() - port.length()) : host)
        .map(host -> scheme + "://" + host + call.path());
  }

  /// Returns the first value of a header: of several proxies, the one next to the caller writes
  /// first.
  private static Optional<String> first(Call call, String name) {
    return call.header(name)
        .map(value -> value.split(",", -1)[0].strip())
        .filter(value -> !value.isEmpty());
  }
}
