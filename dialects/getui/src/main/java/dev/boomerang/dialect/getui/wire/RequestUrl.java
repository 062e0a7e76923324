// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui.wire;

import dev.boomerang.web.http.Call;
import java.util.Optional;

/// The URL at which a call came in, as its caller wrote it. Libraries go to the URL they are told;
/// they must not be told another.
final class RequestUrl {
  private RequestUrl() {}

  /// Empty if the call does not say. A port that goes without saying is left out: the Java library
  /// cannot cope with `:80` and `:443`.
  static Optional<String> of(Call call) {
    String scheme = first(call, "X-Forwarded-Proto").orElse("http");
    String port = scheme.equalsIgnoreCase("https") ? ":443" : ":80";
    return first(call, "X-Forwarded-Host")
        .or(() -> first(call, "Host"))
        .map(host -> host.endsWith(port) ? host.substring(0, host.length() - port.length()) : host)
        .map(host -> scheme + "://" + host + call.path());
  }

  /// Of several proxies the one next to the caller has put its word first.
  private static Optional<String> first(Call call, String name) {
    return call.header(name)
        .map(value -> value.split(",", -1)[0].strip())
        .filter(value -> !value.isEmpty());
  }
}
