// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.model.push;

import dev.boomerang.model.text.Preconditions;

/// A request key is a caller's own name for a call. The same key in the same scope of the same app
/// gets the first answer again.
public record RequestKey(String scope, String key) {
  public RequestKey {
    Preconditions.checkText("request scope", scope, 1, 32);
    Preconditions.checkText("request key", key, 1, 256);
  }
}
