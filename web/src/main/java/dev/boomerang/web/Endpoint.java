// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.web;

import dev.boomerang.web.http.Call;
import dev.boomerang.web.http.Reply;

/// Answers calls. Runs on a virtual thread of its own and may block. A fault of the caller is
/// answered, never thrown; what is thrown becomes a plain 500.
public interface Endpoint {
  Reply answer(Call call);
}
