// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.server.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.model.app.Secret;
import dev.boomerang.model.text.Digests;
import dev.boomerang.web.field.Json;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;

/// Makes identity tokens for the phone in the terminal, as the back end of its app would.
final class IdentityTokenSigner {
  private static final Duration LIFETIME = Duration.ofMinutes(5);

  private final String appId;
  private final Secret secret;
  private final Clock clock;

  IdentityTokenSigner(String appId, Secret secret, Clock clock) {
    this.appId = appId;
    this.secret = secret;
    this.clock = clock;
  }

  /// Returns a token that is good for five minutes. A phone of nobody is its own user.
  String token(String deviceId, Optional<String> user, Optional<String> alias) {
    ObjectNode claims =
        Json.object()
            .put("sub", user.orElse(deviceId))
            .put("did", deviceId)
            .put("aud", appId)
            .put("exp", clock.instant().plus(LIFETIME).getEpochSecond());
    alias.ifPresent(name -> claims.put("alias", name));
    String signed = base64(bytes("{\"alg\":\"HS256\"}")) + "." + base64(bytes(Json.write(claims)));
    return signed
        + "."
        + base64(Digests.hmac(Digests.HMAC_SHA_256, bytes(secret.reveal()), bytes(signed)));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
