// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.nativeapi.identity;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.dialect.nativeapi.base.IdentityException;
import dev.boomerang.dialect.nativeapi.base.NativeError;
import dev.boomerang.model.app.AppId;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;

/// Checks identity tokens: compact JWTs (RFC 7519) with the claims `sub`, `did`, `aud` and `exp`,
/// and perhaps `alias` and `nbf`, as strictly as RFC 8725 asks. Every refusal is an
/// [IdentityException] that says what is wrong.
public final class IdentityTokens {
  private static final int MAX_LENGTH = 4_096;
  private static final int MAX_NAME = 512;

  private static final ObjectMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final Duration clockSkew;
  private final Clock clock;

  /// `clockSkew` is how far the clocks of the back end and of this server may differ.
  public IdentityTokens(Duration clockSkew, Clock clock) {
    this.clockSkew = clockSkew;
    this.clock = clock;
  }

  /// Returns the claims of a token that is good for this app now.
  public IdentityClaims verify(String token, AppId app, Optional<IdentityKey> appKey) {
    if (token.length() > MAX_LENGTH) {
      throw IdentityException.invalid("is longer than " + MAX_LENGTH + " characters");
    }
    String[] parts = token.split("\\.", -1);
    if (parts.length != 3) {
      throw IdentityException.invalid("is not a compact JWT of three parts");
    }
    IdentityKey key =
        appKey.orElseThrow(
            () -> IdentityException.invalid("cannot be checked: the app has no key"));
    checkHeader(object(parts[0], "header"), key);
    byte[] signed = (parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII);
    if (!key.verifies(signed, bytes(parts[2], "signature"))) {
      throw IdentityException.invalid("is not signed with the app's identity key");
    }
    // The payload is parsed only now: nothing of it is looked at before the signature is right.
    ObjectNode claims = object(parts[1], "payload");
    checkTime(claims);
    checkAudience(claims, app);
    return new IdentityClaims(
        name(claims, "sub").orElseThrow(() -> IdentityException.invalid("has no sub")),
        name(claims, "did").orElseThrow(() -> IdentityException.invalid("has no did")),
        name(claims, "alias"));
  }

  /// Refuses a token whose `alg` is not that of the app's key, `none` among them (RFC 8725, section
  /// 3.1), and one with `crit`, which RFC 7515 (section 4.1.11) tells us to refuse if we know no
  /// extension.
  private static void checkHeader(ObjectNode header, IdentityKey key) {
    if (!key.algorithm().equals(header.path("alg").textValue())) {
      throw IdentityException.invalid(
          "must have alg " + key.algorithm() + ", as the app's key has");
    }
    if (header.has("crit")) {
      throw IdentityException.invalid("asks for an extension (crit) that is not known here");
    }
  }

  /// Refuses a token that is expired or not valid yet. `exp` is required, so a leaked token does
  /// not work for ever; both times are given the allowed clock skew.
  private void checkTime(ObjectNode claims) {
    double now = clock.millis() / 1_000.0;
    double skew = clockSkew.toMillis() / 1_000.0;
    double expires = time(claims, "exp").orElseThrow(() -> IdentityException.invalid("has no exp"));
    if (now >= expires + skew) {
      throw new IdentityException(
          NativeError.IDENTITY_TOKEN_EXPIRED,
          IdentityException.TOKEN,
          "the identity token is expired");
    }
    if (time(claims, "nbf").filter(begin -> now < begin - skew).isPresent()) {
      throw IdentityException.invalid("is not valid yet (nbf)");
    }
  }

  /// Returns a time in seconds since 1970, which may have a fraction (RFC 7519, "NumericDate").
  private static Optional<Double> time(ObjectNode claims, String name) {
    if (!claims.has(name)) {
      return Optional.empty();
    }
    JsonNode node = claims.get(name);
    if (!node.isNumber() || !Double.isFinite(node.doubleValue())) {
      throw IdentityException.invalid("must have a number of seconds as " + name);
    }
    return Optional.of(node.doubleValue());
  }

  /// Refuses a token whose `aud`, a text or a list of texts, does not name this app.
  private static void checkAudience(ObjectNode claims, AppId app) {
    JsonNode audience = claims.path("aud");
    boolean named = app.value().equals(audience.textValue());
    if (audience.isArray()) {
      for (JsonNode each : audience) {
        named |= app.value().equals(each.textValue());
      }
    }
    if (!named) {
      throw new IdentityException(
          NativeError.IDENTITY_MISMATCH,
          "appId",
          "the identity token is not for this app: its aud must be the app id");
    }
  }

  private static Optional<String> name(ObjectNode claims, String name) {
    if (!claims.has(name)) {
      return Optional.empty();
    }
    String text = claims.get(name).textValue();
    if (text == null || text.isBlank() || text.length() > MAX_NAME) {
      throw IdentityException.invalid("must have a text of 1 to " + MAX_NAME + " as " + name);
    }
    return Optional.of(text);
  }

  private static ObjectNode object(String part, String what) {
    try {
      String text =
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes(part, what))).toString();
      if (MAPPER.readTree(text) instanceof ObjectNode object) {
        return object;
      }
    } catch (CharacterCodingException | JsonProcessingException _) {
      // Refused below: it is no JSON, or has a member twice.
    }
    throw IdentityException.invalid("has no JSON object with distinct members as " + what);
  }

  /// Takes the one spelling that RFC 7515 allows: Base64url, no padding, no bits left over.
  private static byte[] bytes(String part, String what) {
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(part);
      if (Base64.getUrlEncoder().withoutPadding().encodeToString(bytes).equals(part)) {
        return bytes;
      }
    } catch (IllegalArgumentException _) {
      // Refused below.
    }
    throw IdentityException.invalid("has a " + what + " that is not in Base64url");
  }
}
