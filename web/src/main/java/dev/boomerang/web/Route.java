// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.web;

/// Where an endpoint listens. `method` is one in upper case, or `*` for any. `pattern` is a path
/// whose parts may be names in braces: `/api/v1/tasks/{id}`. See [Routes] for how paths are read.
public record Route(String method, String pattern, Endpoint endpoint) {
  public static final String ANY = "*";

  public boolean takes(String asked) {
    return method.equals(ANY) || method.equals(asked);
  }
}
