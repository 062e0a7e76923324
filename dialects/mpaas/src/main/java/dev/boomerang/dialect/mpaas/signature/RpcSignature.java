// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.mpaas.signature;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.boomerang.dialect.mpaas.error.GatewayError;
import dev.boomerang.dialect.mpaas.error.GatewayException;
import dev.boomerang.dialect.mpaas.request.PercentEncoding;
import dev.boomerang.dialect.mpaas.request.RequestParams;
import dev.boomerang.dialect.mpaas.request.RequestParams.Param;
import dev.boomerang.model.app.Secret;
import dev.boomerang.model.text.Digests;
import dev.boomerang.web.http.Call;
import dev.boomerang.web.limit.CallMemory;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;

/// Scheme A, the RPC signature: Base64 of an HMAC over all parameters but `Signature`, keyed with
/// the secret and `&`.
///
/// Source: Alibaba Cloud "RPC 签名机制" (signature versions 1 and 2). Every common parameter is
/// mandatory there; what else a client adds (`RegionId`, an empty `SignatureType`, `SecurityToken`)
/// is signed with the rest and otherwise ignored.
public final class RpcSignature implements RequestSignature {
  private static final String SIGNATURE = "Signature";
  private static final byte[] AFTER_METHOD = "&%2F&".getBytes(ISO_8859_1);

  /// Separators, encoded once as the second encoding leaves them: `=` and `&`.
  private static final byte[] EQUALS = "%3D".getBytes(ISO_8859_1);

  private static final byte[] AND = "%26".getBytes(ISO_8859_1);

  private final String method;
  private final RequestParams requestParams;
  private final String algorithm;
  private final Fields fields;
  private final String signature;

  private RpcSignature(Call call, RequestParams requestParams) {
    this.method = call.method();
    this.requestParams = requestParams;
    String action = common("Action");
    String version = common("Version");
    String keyId = common("AccessKeyId");
    algorithm = algorithm(common("SignatureMethod"));
    String signatureVersion = common("SignatureVersion");
    String nonce = common("SignatureNonce");
    String timestamp = common("Timestamp");
    fields = new Fields(keyId, action, version, timestamp, nonce);
    signature = common(SIGNATURE);
    if (!signatureVersion.equals("1.0")) {
      throw GatewayException.of(GatewayError.INVALID, "SignatureVersion");
    }
  }

  public static RpcSignature read(Call call, RequestParams requestParams) {
    return new RpcSignature(call, requestParams);
  }

  private String common(String name) {
    String value = requestParams.text(name).orElse("");
    if (value.isBlank()) {
      throw GatewayException.of(GatewayError.MISSING, name);
    }
    return value;
  }

  private static String algorithm(String signatureMethod) {
    return switch (signatureMethod) {
      case "HMAC-SHA1" -> "HmacSHA1";
      case "HMAC-SHA256" -> "HmacSHA256";
      default -> throw GatewayException.of(GatewayError.INVALID, "SignatureMethod");
    };
  }

  /// Clients compare the string to sign in the answer with their own: if it is the same, they tell
  /// their user that the secret is wrong. So the text must be exact, with nothing after it.
  @Override
  public void verify(Secret secret) {
    byte[] toSign = stringToSign();
    byte[] key = (secret.reveal() + "&").getBytes(UTF_8);
    byte[] ours = Base64.getEncoder().encode(Digests.hmac(algorithm, key, toSign));
    if (!MessageDigest.isEqual(ours, signature.getBytes(UTF_8))) {
      throw GatewayException.of(
          GatewayError.RPC_SIGNATURE_MISMATCH, new String(toSign, ISO_8859_1));
    }
  }

  private byte[] stringToSign() {
    Param[] sorted =
        requestParams.all().stream()
            .filter(param -> !param.name().equals(SIGNATURE))
            .toArray(Param[]::new);
    Arrays.sort(sorted, Comparator.comparing(Param::name));
    byte[] verb = method.getBytes(UTF_8);
    int most = verb.length + AFTER_METHOD.length;
    for (Param param : sorted) {
      int bytes = param.name().length() * 3 + param.byteLength();
      most += bytes * PercentEncoding.MAX_GROWTH + EQUALS.length + AND.length;
    }
    // Itself and its copy; where the signature is wrong, also as a text in the answer.
    CallMemory.charge(2L * most);
    byte[] text = new byte[most];
    int end = put(AFTER_METHOD, text, put(verb, text, 0));
    for (int i = 0; i < sorted.length; i++) {
      byte[] name = sorted[i].name().getBytes(UTF_8);
      end = i == 0 ? end : put(AND, text, end);
      end = put(EQUALS, text, PercentEncoding.encodeTwice(name, 0, name.length, text, end));
      end = sorted[i].encodeTwice(text, end);
    }
    return Arrays.copyOf(text, end);
  }

  private static int put(byte[] what, byte[] to, int at) {
    System.arraycopy(what, 0, to, at, what.length);
    return at + what.length;
  }

  @Override
  public Fields fields() {
    return fields;
  }
}
