// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.server.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.boomerang.kit.fixture.Fixtures;
import dev.boomerang.kit.fixture.ManualClock;
import dev.boomerang.model.app.Secret;
import dev.boomerang.web.field.Json;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class IdentityTokenSignerTest {
  @Test
  void token_saysWhoIsWhere_forFiveMinutes() {
    var signer = new IdentityTokenSigner("shop", new Secret("s"), new ManualClock(Fixtures.NOW));

    String[] parts = signer.token("phone", Optional.empty(), Optional.of("ace")).split("\\.");

    var claims =
        Json.read(new String(Base64.getUrlDecoder().decode(parts[1]), UTF_8)).orElseThrow();
    assertThat(claims.path("sub").asText()).isEqualTo("phone");
    assertThat(claims.path("did").asText()).isEqualTo("phone");
    assertThat(claims.path("aud").asText()).isEqualTo("shop");
    assertThat(claims.path("alias").asText()).isEqualTo("ace");
    assertThat(claims.path("exp").asLong()).isEqualTo(Fixtures.NOW.getEpochSecond() + 300);
  }
}
