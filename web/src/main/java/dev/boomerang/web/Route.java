// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.web;

/// Binds an endpoint to a method and a path. `method` is one in upper case, or `*` for any.
/// `pattern` is a path whose parts may be names in braces: `/api/v1/tasks/{id}`. See [Routes] for
/// how paths are read. `authenticator` is called before a long body is read.
public record Route(
    String method, String pattern, Endpoint endpoint, HeadAuthenticator authenticator) {
  public static final String ANY = "*";

  /// Makes a route without an authenticator: only the body says who calls, or nothing does.
  public Route(String method, String pattern, Endpoint endpoint) {
    this(method, pattern, endpoint, HeadAuthenticator.NONE);
  }

  public boolean takes(String asked) {
    return method.equals(ANY) || method.equals(asked);
  }

  public Route with(Endpoint other) {
    return new Route(method, pattern, other, authenticator);
  }
}
