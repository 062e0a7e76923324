// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.engine.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.boomerang.engine.base.Secrets;
import dev.boomerang.model.app.Secret;
import dev.boomerang.model.text.Digests;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;

/// Proves to a callback's receiver that it is us who speak, and when.
///
/// Source: Standard Webhooks 1.0: HMAC-SHA256 over `id.timestamp.body`, in Base64 after `v1,`; the
/// secret is `whsec_` and the key in Base64.
public final class WebhookSignature {
  private WebhookSignature() {}

  /// The headers of one request. `id` stays the same however often it is made.
  static Map<String, String> headers(Secret secret, String id, Instant now, byte[] body) {
    String time = Long.toString(now.getEpochSecond());
    return Map.of(
        "webhook-id",
        id,
        "webhook-timestamp",
        time,
        "webhook-signature",
        "v1," + signed(secret, id + "." + time + ".", body));
  }

  private static String signed(Secret secret, String before, byte[] body) {
    byte[] key =
        Base64.getDecoder().decode(secret.reveal().substring(Secrets.WEBHOOK_PREFIX.length()));
    byte[] mac = Digests.hmac(Digests.HMAC_SHA_256, key, before.getBytes(UTF_8), body);
    return Base64.getEncoder().encodeToString(mac);
  }
}
