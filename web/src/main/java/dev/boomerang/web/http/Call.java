// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.web.http;

import dev.boomerang.web.text.TextCheck;
import java.util.Map;
import java.util.Optional;

/// An HTTP request, read to its end. `path` and `query` are as they stood in the request line,
/// still percent-encoded; `query` is without its `?` and may be empty. `params` are what the
/// route's pattern caught, decoded. `remote` is the caller's address without port.
public record Call(
    String method,
    String path,
    String query,
    Headers headers,
    Body body,
    String remote,
    Map<String, String> params) {
  public Call {
    params = Map.copyOf(params);
  }

  public Call with(Map<String, String> caught) {
    return new Call(method, path, query, headers, body, remote, caught);
  }

  /// Returns this call with its body.
  public Call with(Body arrived) {
    return new Call(method, path, query, headers, arrived, remote, params);
  }

  /// Returns this call with another method.
  public Call as(String other) {
    return new Call(other, path, query, headers, body, remote, params);
  }

  public Optional<String> header(String name) {
    return headers.get(name);
  }

  /// Returns a part of the path that the route's pattern names. It throws
  /// [IllegalArgumentException] for a name that the pattern does not have, and refuses a part that
  /// is no text.
  public String param(String name) {
    String value = params.get(name);
    if (value == null) {
      throw new IllegalArgumentException("the route has no {" + name + "}");
    }
    return TextCheck.check(name, value);
  }
}
