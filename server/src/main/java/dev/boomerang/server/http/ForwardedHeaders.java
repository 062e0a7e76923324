// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.server.http;

import dev.boomerang.model.text.TrustedProxies;
import dev.boomerang.web.http.Headers;
import io.vertx.core.http.HttpServerRequest;
import java.net.InetAddress;
import java.util.Set;

/// Says who called and how, where proxies may stand between: the one place that reads the headers
/// in which they tell it. They are believed from trusted proxies alone; from anybody else they are
/// taken away, so that no endpoint can believe them.
record ForwardedHeaders(TrustedProxies proxies) {
  private static final String FOR = "x-forwarded-for";
  private static final String SCHEME = "X-Forwarded-Proto";
  private static final Set<String> TOLD = Set.of("x-forwarded-proto", "x-forwarded-host");

  /// Returns the caller's address, without a port.
  String caller(HttpServerRequest request) {
    String peer = request.remoteAddress().hostAddress();
    return TrustedProxies.address(peer)
        .map(address -> proxies.client(address, request.headers().getAll(FOR)))
        .map(InetAddress::getHostAddress)
        .orElse(peer);
  }

  /// Returns the headers for the endpoints. Whether the caller came over TLS is in the header that
  /// a proxy would set: some libraries go to the URL that they find there.
  Headers headers(HttpServerRequest request) {
    boolean isTrusted =
        TrustedProxies.address(request.remoteAddress().hostAddress())
            .filter(proxies::trusts)
            .isPresent();
    Headers headers =
        Headers.of(
            RequestTarget.headers(request.headers()).fields().stream()
                .filter(field -> !isForwarding(field.getKey(), isTrusted))
                .toList());
    return request.isSSL() && headers.get(SCHEME).isEmpty()
        ? headers.with(SCHEME, "https")
        : headers;
  }

  private static boolean isForwarding(String name, boolean isTrusted) {
    return name.equalsIgnoreCase(FOR)
        || (!isTrusted && TOLD.stream().anyMatch(name::equalsIgnoreCase));
  }
}
