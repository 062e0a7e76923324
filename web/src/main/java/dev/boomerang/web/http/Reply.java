// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.web.http;

import java.util.Collection;
import java.util.Optional;

/// The answer to a [Call].
public record Reply(int status, Headers headers, Body body) {
  public static final String JSON = "application/json;charset=utf-8";

  private static final String ALLOW = "Allow";

  public static Reply of(int status, String contentType, String text) {
    return new Reply(status, Headers.of("Content-Type", contentType), Body.of(text));
  }

  public static Reply json(int status, String json) {
    return of(status, JSON, json);
  }

  public static Reply empty(int status) {
    return new Reply(status, Headers.NONE, Body.EMPTY);
  }

  public Reply with(String name, String value) {
    return new Reply(status, headers.with(name, value), body);
  }

  /// Returns this reply with a header, unless it has one of that name.
  public Reply withMissing(String name, String value) {
    return header(name).isPresent() ? this : with(name, value);
  }

  /// Returns the reply with an `Allow` header that names the path's methods.
  public Reply withAllow(Collection<String> methods) {
    return withMissing(ALLOW, String.join(", ", methods));
  }

  public Optional<String> header(String name) {
    return headers.get(name);
  }
}
