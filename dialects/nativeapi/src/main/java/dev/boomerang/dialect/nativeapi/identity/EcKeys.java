// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.nativeapi.identity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.web.field.Json;
import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECFieldFp;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.EllipticCurve;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.Optional;

/// Public keys on P-256, as PEM (`SubjectPublicKeyInfo`) or JWK (RFC 7517). Every reader throws
/// `IllegalArgumentException` for what is no such key, with a message that says why.
final class EcKeys {
  static final String BEGIN = "-----BEGIN PUBLIC KEY-----";
  static final String END = "-----END PUBLIC KEY-----";

  private static final int COORDINATE_BYTES = 32;
  private static final ECParameterSpec P256 = p256();

  /// Gives the number of points of the curve: r and s of a signature are below it.
  static final BigInteger ORDER = P256.getOrder();

  private EcKeys() {}

  private static ECParameterSpec p256() {
    try {
      var parameters = AlgorithmParameters.getInstance("EC");
      parameters.init(new ECGenParameterSpec("secp256r1"));
      return parameters.getParameterSpec(ECParameterSpec.class);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has P-256", e);
    }
  }

  /// Reads a PEM text, or a JWK as an object or as a text.
  static PublicKey read(JsonNode given) {
    if (given instanceof ObjectNode jwk) {
      return jwk(jwk);
    }
    String text = given.isTextual() ? given.textValue().strip() : "";
    if (text.startsWith("{")) {
      return Json.read(text)
          .filter(ObjectNode.class::isInstance)
          .map(node -> jwk((ObjectNode) node))
          .orElseThrow(() -> new IllegalArgumentException("must be PEM or a JWK"));
    }
    if (!text.startsWith(BEGIN) || !text.endsWith(END)) {
      throw new IllegalArgumentException("must be PEM (BEGIN PUBLIC KEY) or a JWK");
    }
    String body = text.substring(BEGIN.length(), text.length() - END.length());
    return decoded(Base64.getDecoder().decode(body.replaceAll("\\s", "")));
  }

  /// Reads a DER `SubjectPublicKeyInfo`.
  static PublicKey decoded(byte[] der) {
    try {
      return checked(KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(der)));
    } catch (GeneralSecurityException _) {
      throw new IllegalArgumentException("must be a public key on the curve P-256");
    }
  }

  /// Reads a JWK. Refuses one with `d`, the private key: it must never leave the app's back end.
  private static PublicKey jwk(ObjectNode jwk) {
    if (jwk.has("d")) {
      throw new IllegalArgumentException("must be the public key, without d");
    }
    if (!jwk.path("kty").asText().equals("EC") || !jwk.path("crv").asText().equals("P-256")) {
      throw new IllegalArgumentException("must have kty EC and crv P-256");
    }
    try {
      var point = new ECPoint(coordinate(jwk, "x"), coordinate(jwk, "y"));
      return checked(KeyFactory.getInstance("EC").generatePublic(new ECPublicKeySpec(point, P256)));
    } catch (GeneralSecurityException _) {
      throw new IllegalArgumentException("must be a public key on the curve P-256");
    }
  }

  private static BigInteger coordinate(ObjectNode jwk, String name) {
    byte[] bytes = Base64.getUrlDecoder().decode(jwk.path(name).asText());
    if (bytes.length != COORDINATE_BYTES) {
      throw new IllegalArgumentException(name + " must have 32 bytes in Base64url");
    }
    return new BigInteger(1, bytes);
  }

  /// Checks that a point is on the curve. The JDK does not look whether a point that is given by
  /// its numbers is on the curve.
  private static PublicKey checked(PublicKey key) {
    return Optional.of(key)
        .filter(ECPublicKey.class::isInstance)
        .filter(it -> isOnP256((ECPublicKey) it))
        .orElseThrow(() -> new IllegalArgumentException("must be a public key on the curve P-256"));
  }

  /// Returns whether the key has exactly the parameters of P-256 and its point solves the curve's
  /// equation y² = x³ + ax + b (mod p).
  private static boolean isOnP256(ECPublicKey key) {
    EllipticCurve curve = P256.getCurve();
    ECParameterSpec own = key.getParams();
    if (!own.getCurve().equals(curve)
        || !own.getGenerator().equals(P256.getGenerator())
        || !own.getOrder().equals(ORDER)) {
      return false;
    }
    BigInteger p = ((ECFieldFp) curve.getField()).getP();
    BigInteger x = key.getW().getAffineX();
    BigInteger y = key.getW().getAffineY();
    BigInteger right = x.pow(3).add(curve.getA().multiply(x)).add(curve.getB()).mod(p);
    return x.compareTo(p) < 0 && y.compareTo(p) < 0 && y.pow(2).mod(p).equals(right);
  }
}
