// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.port;

import java.net.URI;
import java.util.Map;

/// Posts to callers' servers, and decides which of them may be reached at all.
public interface WebhookClient {
  sealed interface Response {
    /// The receiver answered with an HTTP status, whatever it is. Redirects are not followed.
    record Status(int code) implements Response {
      public boolean isGood() {
        return code >= 200 && code < 300;
      }
    }

    /// Nobody answered in time.
    record NoResponse(String reason) implements Response {}

    /// Nothing was sent: this server does not go there, now or later.
    record Refused(String reason) implements Response {}
  }

  /// Posts a body and waits for the answer, for a bounded time. Blocks; never throws.
  Response post(URI url, Map<String, String> headers, byte[] body);
}
