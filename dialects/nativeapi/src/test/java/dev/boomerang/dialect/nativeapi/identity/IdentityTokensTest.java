// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.nativeapi.identity;

import static dev.boomerang.kit.fixture.Fixtures.NOW;
import static dev.boomerang.kit.fixture.Fixtures.SHOP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.boomerang.dialect.nativeapi.base.IdentityException;
import dev.boomerang.dialect.nativeapi.base.NativeError;
import dev.boomerang.kit.fixture.ManualClock;
import dev.boomerang.model.app.Secret;
import dev.boomerang.web.field.Json;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.interfaces.ECPublicKey;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdentityTokensTest {
  private static final String SECRET = "a-secret-of-thirty-two-characters";
  private static final long EXP = NOW.getEpochSecond() + 600;
  private static final String NAMES = "\"sub\":\"ada\",\"did\":\"phone\",\"aud\":\"shop\"";
  private static final String GOOD = "{" + NAMES + ",\"exp\":" + EXP + "}";
  private static final IdentityKey HS = new IdentityKey.Hs256(new Secret(SECRET));

  private final ManualClock clock = new ManualClock(NOW);
  private final IdentityTokens tokens = new IdentityTokens(Duration.ofMinutes(1), clock);

  private IdentityClaims verify(String token) {
    return tokens.verify(token, SHOP, Optional.of(HS));
  }

  private void assertRefused(String token, IdentityKey key, NativeError error, String reason) {
    assertThatThrownBy(() -> tokens.verify(token, SHOP, Optional.of(key)))
        .isInstanceOfSatisfying(
            IdentityException.class, fault -> assertThat(fault.error()).isEqualTo(error))
        .hasMessageContaining(reason);
  }

  private void assertInvalid(String token, String reason) {
    assertRefused(token, HS, NativeError.IDENTITY_TOKEN_INVALID, reason);
  }

  private static String claims(String json) {
    return TestIdentityTokens.hs256(SECRET, json.replace('\'', '"'));
  }

  @Test
  void goodToken_saysWhoIsWhere() {
    assertThat(verify(TestIdentityTokens.hs256(SECRET, GOOD)))
        .isEqualTo(new IdentityClaims("ada", "phone", Optional.empty()));
    String more =
        "{'sub':'ада','did':'phone','alias':'ace','aud':['x','shop'],'exp':%d.5,'nbf':1,'iat':2,"
                .formatted(EXP)
            + "'more':{'a':[1]}}";
    assertThat(verify(claims(more)))
        .isEqualTo(new IdentityClaims("ада", "phone", Optional.of("ace")));
  }

  @Test
  void time_isJudgedWithTheSkewOnly() {
    String token = claims("{" + NAMES + ",'exp':%d,'nbf':%d}".formatted(EXP, EXP - 500));
    assertInvalid(token, "nbf");
    clock.advance(Duration.ofSeconds(40));
    assertThat(verify(token).user()).isEqualTo("ada");
    clock.advance(Duration.ofSeconds(619));
    assertThat(verify(token).user()).isEqualTo("ada");
    clock.advance(Duration.ofSeconds(1));
    assertRefused(token, HS, NativeError.IDENTITY_TOKEN_EXPIRED, "expired");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{NAMES}",
        "{NAMES,'exp':null}",
        "{NAMES,'exp':'EXP'}",
        "{NAMES,'exp':1e999}",
        "{NAMES,'exp':true}",
        "{NAMES,'exp':[EXP]}",
        "{NAMES,'exp':EXP,'nbf':'1'}",
        "{'did':'phone','aud':'shop','exp':EXP}",
        "{'sub':'','did':'phone','aud':'shop','exp':EXP}",
        "{'sub':7,'did':'phone','aud':'shop','exp':EXP}",
        "{'sub':'ada','aud':'shop','exp':EXP}",
        "{'sub':'ada','did':null,'aud':'shop','exp':EXP}",
        "{NAMES,'exp':EXP,'alias':['a']}",
        "{NAMES,'exp':EXP,'sub':'eve'}",
        "{NAMES,'exp':1,'exp':EXP}",
        "{NAMES,'exp':EXP}{}",
        "[]",
        "'text'",
        "",
        "{NAMES,'exp':EXP",
      })
  void claims_thatAreMissingDoubleOrOfAnotherKind_areRefused(String json) {
    String token =
        claims(json.replace("NAMES", NAMES).replace("EXP", Long.toString(EXP)).replace('"', '\''));

    assertThatThrownBy(() -> verify(token))
        .isInstanceOfSatisfying(
            IdentityException.class,
            fault -> {
              assertThat(fault.error()).isEqualTo(NativeError.IDENTITY_TOKEN_INVALID);
              assertThat(fault.field()).isEqualTo("identityToken");
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"'bank'", "['bank','x']", "[]", "null", "7", "{'shop':1}", "'SHOP'", "['shop ']"})
  void audience_ofAnotherApp_isRefused(String audience) {
    String token = claims("{'sub':'ada','did':'phone','exp':%d,'aud':%s}".formatted(EXP, audience));

    assertRefused(token, HS, NativeError.IDENTITY_MISMATCH, "aud");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'alg':'none'}",
        "{'alg':'None'}",
        "{'alg':'HS512'}",
        "{'alg':'hs256'}",
        "{'alg':'RS256'}",
        "{'alg':'ES256'}",
        "{'alg':['HS256']}",
        "{}",
        "{'alg':'HS256','crit':['b64'],'b64':false}",
        "{'alg':'none','alg':'HS256'}",
        "[]",
      })
  void header_thatIsNotForTheAppsKey_isRefused(String header) {
    String token = TestIdentityTokens.hs256(SECRET, header.replace('\'', '"'), GOOD);

    assertThatThrownBy(() -> verify(token)).isInstanceOf(IdentityException.class);
    assertInvalid(TestIdentityTokens.unsigned(header.replace('\'', '"'), GOOD) + ".", "");
  }

  @Test
  void signature_ofAnotherSecretOrOfOtherWords_isRefused() {
    String good = TestIdentityTokens.hs256(SECRET, GOOD);
    int end = good.lastIndexOf('.');
    String forged =
        TestIdentityTokens.unsigned(TestIdentityTokens.HS256, GOOD.replace("ada", "eve"));

    assertInvalid(TestIdentityTokens.hs256("another", GOOD), "not signed");
    assertInvalid(forged + good.substring(end), "not signed");
    assertInvalid(good.substring(0, end) + ".", "not signed");
    assertInvalid(good.substring(0, good.length() - 2), "");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "x", ".", "..", "...", "a.b.c", "a.b.c.d", "ä.ö.ü", "ey=.ey=.ey=", " . . "})
  void garbage_isRefused(String token) {
    assertInvalid(token, "");
  }

  @Test
  void otherSpellings_ofTheSameBytes_areRefused() {
    String good = TestIdentityTokens.hs256(SECRET, GOOD);

    assertInvalid(good + "=", "Base64url");
    assertInvalid(good + "\n", "Base64url");
    assertInvalid(" " + good, "Base64url");
    // 32 bytes leave two bits of the last letter unused.
    String last = good.substring(good.length() - 1);
    String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    String sibling = alphabet.substring(alphabet.indexOf(last) + 1).substring(0, 1);
    assertInvalid(good.substring(0, good.length() - 1) + sibling, "Base64url");
  }

  @Test
  void oversized_isRefusedUnread() {
    String claims = GOOD.replace("}", ",\"pad\":\"" + "x".repeat(4_000) + "\"}");

    assertInvalid(TestIdentityTokens.hs256(SECRET, claims), "longer than");
  }

  @Test
  void appWithoutAKey_takesNoToken() {
    assertThatThrownBy(
            () -> tokens.verify(TestIdentityTokens.hs256("x", GOOD), SHOP, Optional.empty()))
        .hasMessageContaining("no key");
  }

  @Test
  void es256_isTaken_fromPemAndJwk_andTheStoredKeyIsTheSame() {
    KeyPair keys = TestIdentityTokens.keys("secp256r1");
    String token = TestIdentityTokens.es256(keys, GOOD);

    for (JsonNode form :
        new JsonNode[] {TextNode.valueOf(TestIdentityTokens.pem(keys)), jwk(keys)}) {
      IdentityKey key = IdentityKey.read(new IdentityKey.Es256(EcKeys.read(form)).stored());
      assertThat(tokens.verify(token, SHOP, Optional.of(key)).user()).isEqualTo("ada");
    }
  }

  @Test
  void es256_signatureInAnyOtherForm_isRefused() {
    KeyPair keys = TestIdentityTokens.keys("secp256r1");
    var key = new IdentityKey.Es256(keys.getPublic());
    String signed = TestIdentityTokens.unsigned(TestIdentityTokens.ES256, GOOD);
    byte[] right = TestIdentityTokens.signature(keys, "SHA256withECDSAinP1363Format", signed);
    byte[] zeroR = right.clone();
    Arrays.fill(zeroR, 0, 32, (byte) 0);
    byte[] zeroS = right.clone();
    Arrays.fill(zeroS, 32, 64, (byte) 0);
    byte[] orderAsS = right.clone();
    System.arraycopy(unsigned(EcKeys.ORDER), 0, orderAsS, 32, 32);
    byte[][] wrong = {
      TestIdentityTokens.signature(keys, "SHA256withECDSA", signed),
      zeroR,
      zeroS,
      new byte[64],
      orderAsS,
      Arrays.copyOf(right, 63),
      Arrays.copyOf(right, 65),
      new byte[0],
      TestIdentityTokens.signature(
          TestIdentityTokens.keys("secp256r1"), "SHA256withECDSAinP1363Format", signed),
      TestIdentityTokens.signature(
          TestIdentityTokens.keys("secp384r1"), "SHA256withECDSAinP1363Format", signed),
    };

    for (byte[] signature : wrong) {
      assertRefused(
          signed + "." + TestIdentityTokens.base64(signature),
          key,
          NativeError.IDENTITY_TOKEN_INVALID,
          "not signed");
    }
  }

  @Test
  void publicKey_isNeverTakenAsASecret() {
    KeyPair keys = TestIdentityTokens.keys("secp256r1");
    var key = new IdentityKey.Es256(keys.getPublic());

    for (String secret :
        new String[] {TestIdentityTokens.pem(keys), key.pem(), key.stored().reveal()}) {
      assertRefused(
          TestIdentityTokens.hs256(secret, GOOD),
          key,
          NativeError.IDENTITY_TOKEN_INVALID,
          "alg ES256");
      assertRefused(
          TestIdentityTokens.hs256(secret, TestIdentityTokens.ES256, GOOD),
          key,
          NativeError.IDENTITY_TOKEN_INVALID,
          "not signed");
    }
  }

  @Test
  void publicKey_ofAnotherCurve_orNone_cannotBeSet() {
    var outside = jwk(TestIdentityTokens.keys("secp256r1"));
    outside.put("y", outside.path("x").asText());
    var secretToo = jwk(TestIdentityTokens.keys("secp256r1"));
    secretToo.put("d", "AA");
    JsonNode[] wrong = {
      TextNode.valueOf(TestIdentityTokens.pem(TestIdentityTokens.keys("secp384r1"))),
      TextNode.valueOf("-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----"),
      TextNode.valueOf("-----BEGIN PUBLIC KEY-----\n!!\n-----END PUBLIC KEY-----"),
      TextNode.valueOf("no key"),
      TextNode.valueOf(""),
      outside,
      secretToo,
      Json.object().put("kty", "EC").put("crv", "P-384"),
      Json.object().put("kty", "oct").put("k", "AA"),
      Json.array(),
    };

    for (JsonNode each : wrong) {
      assertThatThrownBy(() -> EcKeys.read(each)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  private static ObjectNode jwk(KeyPair keys) {
    var point = ((ECPublicKey) keys.getPublic()).getW();
    return Json.object()
        .put("kty", "EC")
        .put("crv", "P-256")
        .put("x", TestIdentityTokens.base64(unsigned(point.getAffineX())))
        .put("y", TestIdentityTokens.base64(unsigned(point.getAffineY())));
  }

  private static byte[] unsigned(BigInteger number) {
    return HexFormat.of().parseHex("%064x".formatted(number));
  }
}
