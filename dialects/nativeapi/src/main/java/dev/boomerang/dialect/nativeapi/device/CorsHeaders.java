// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.nativeapi.device;

import dev.boomerang.web.http.Call;
import dev.boomerang.web.http.Reply;
import java.util.Optional;

/// Lets browsers call the device API from pages of other origins.
///
/// Source: WHATWG Fetch, "CORS protocol".
record CorsHeaders(AllowedOrigins allowedOrigins) {
  private static final String METHODS = "GET, POST, PATCH, DELETE";
  private static final String HEADERS = "Authorization, Content-Type, X-HTTP-Method-Override";
  private static final String EXPOSED = "Retry-After, WWW-Authenticate";

  /// Gives the seconds for which a browser need not ask again.
  private static final String MAX_AGE = "7200";

  /// Answers the question that a browser asks before the call itself.
  Reply preflight(Call call) {
    Reply reply = Reply.empty(204).with("Allow", "OPTIONS, " + METHODS);
    boolean isPreflight = call.header("Access-Control-Request-Method").isPresent();
    return isPreflight && allowed(call).isPresent()
        ? reply
            .with("Access-Control-Allow-Methods", METHODS)
            .with("Access-Control-Allow-Headers", HEADERS)
            .with("Access-Control-Max-Age", MAX_AGE)
        : reply;
  }

  /// Says on an answer whether the page that asked may read it. The answer differs by origin, so
  /// caches must know.
  Reply onto(Call call, Reply reply) {
    Reply varied = reply.with("Vary", "Origin");
    return allowed(call)
        .map(
            origin ->
                varied
                    .with("Access-Control-Allow-Origin", origin)
                    .with("Access-Control-Expose-Headers", EXPOSED))
        .orElse(varied);
  }

  private Optional<String> allowed(Call call) {
    return call.header("Origin").flatMap(allowedOrigins::allowed);
  }
}
