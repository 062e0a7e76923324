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
import java.security.MessageDigest;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// Scheme B, ACS3-HMAC-SHA256: the signature is in the `Authorization` header and covers the
/// headers it lists.
///
/// Source: Alibaba Cloud "V3 版本请求体&签名机制".
public final class Acs3Signature implements RequestSignature {
  /// The beginning of the header with any algorithm; it tells the two schemes apart.
  public static final String SCHEME_PREFIX = "ACS3-";

  private static final String ALGORITHM = "ACS3-HMAC-SHA256";
  private static final String DATE = "x-acs-date";
  private static final String NONCE = "x-acs-signature-nonce";
  private static final String CONTENT_HASH = "x-acs-content-sha256";

  /// The client decides which headers it signs. If these are not among them, an intercepted call
  /// could be sent again with another time or action.
  private static final Set<String> MUST_BE_SIGNED =
      Set.of("x-acs-action", "x-acs-version", DATE, NONCE);

  private final Call call;
  private final RequestParams requestParams;
  private final Fields fields;
  private final String contentHash;
  private final String signedHeaders;
  private final String signature;

  private Acs3Signature(Call call, RequestParams requestParams, String authorization) {
    this.call = call;
    this.requestParams = requestParams;
    Map<String, String> parts = parts(authorization);
    String keyId =
        requireNonEmpty(parts.getOrDefault("Credential", ""), "AccessKeyId", "Credential");
    signedHeaders =
        requireNonEmpty(parts.getOrDefault("SignedHeaders", ""), "SignedHeaders", "SignedHeaders");
    signature = requireNonEmpty(parts.getOrDefault("Signature", ""), "Signature", "Signature");
    String action = header("x-acs-action", "Action");
    String version = header("x-acs-version", "Version");
    String nonce = header(NONCE, "SignatureNonce");
    String timestamp = header(DATE, "Timestamp");
    fields = new Fields(keyId, action, version, timestamp, nonce);
    contentHash = header(CONTENT_HASH, "ContentSha256");
    List<String> signed = signedHeaderNames();
    // One named a thousand times would be written out as often.
    boolean isUnique = Set.copyOf(signed).size() == signed.size();
    if (!isUnique || !signed.containsAll(MUST_BE_SIGNED)) {
      throw GatewayException.of(GatewayError.INVALID, "SignedHeaders");
    }
  }

  public static Acs3Signature read(Call call, RequestParams requestParams, String authorization) {
    return new Acs3Signature(call, requestParams, authorization);
  }

  /// `ACS3-HMAC-SHA256 name=value,name=value`, in any order and with any spaces: clients differ.
  private static Map<String, String> parts(String authorization) {
    int space = authorization.indexOf(' ');
    String scheme = space < 0 ? authorization : authorization.substring(0, space);
    if (!scheme.equals(ALGORITHM)) {
      throw GatewayException.of(GatewayError.INVALID, "SignatureMethod");
    }
    Map<String, String> parts = new HashMap<>();
    for (String part : authorization.substring(scheme.length()).split(",", -1)) {
      int equals = part.indexOf('=');
      if (equals > 0) {
        parts.put(part.substring(0, equals).strip(), part.substring(equals + 1).strip());
      }
    }
    return parts;
  }

  private String header(String name, String inCode) {
    return requireNonEmpty(call.header(name).orElse("").strip(), inCode, name);
  }

  private static String requireNonEmpty(String value, String inCode, String inText) {
    if (value.isEmpty()) {
      throw GatewayException.of(GatewayError.MISSING, inCode, inText);
    }
    return value;
  }

  private List<String> signedHeaderNames() {
    return List.of(signedHeaders.toLowerCase(Locale.ROOT).split(";", -1));
  }

  @Override
  public void verify(Secret secret) {
    byte[] bodyHash = hex(Digests.sha256(call.body().bytes()));
    if (!MessageDigest.isEqual(bodyHash, contentHash.getBytes(UTF_8))) {
      throw GatewayException.of(GatewayError.INVALID, "ContentSha256", CONTENT_HASH);
    }
    byte[] canonical = canonicalRequest(contentHash).getBytes(UTF_8);
    String toSign = ALGORITHM + "\n" + Digests.hex(Digests.sha256(canonical));
    byte[] key = secret.reveal().getBytes(UTF_8);
    byte[] ours = hex(Digests.hmac(Digests.HMAC_SHA_256, key, toSign.getBytes(UTF_8)));
    if (!MessageDigest.isEqual(ours, signature.getBytes(UTF_8))) {
      throw GatewayException.of(GatewayError.ACS3_SIGNATURE_MISMATCH, toSign);
    }
  }

  private String canonicalRequest(String bodyHash) {
    var text = new StringBuilder(512);
    text.append(call.method()).append('\n');
    text.append(call.path().isEmpty() ? "/" : call.path()).append('\n');
    appendQuery(text);
    text.append('\n');
    for (String name : signedHeaderNames()) {
      text.append(name).append(':').append(valueOf(name)).append('\n');
    }
    return text.append('\n').append(signedHeaders).append('\n').append(bodyHash).toString();
  }

  private void appendQuery(StringBuilder text) {
    List<Param> sorted =
        requestParams.query().stream().sorted(Comparator.comparing(Param::name)).toList();
    for (Param param : sorted) {
      byte[] name = param.name().getBytes(UTF_8);
      byte[] to = new byte[(name.length + param.byteLength()) * PercentEncoding.MAX_GROWTH + 2];
      int end = PercentEncoding.encode(name, 0, name.length, to, 0);
      to[end] = '=';
      end = param.encode(to, end + 1);
      text.append(param.equals(sorted.getFirst()) ? "" : "&")
          .append(new String(to, 0, end, ISO_8859_1));
    }
  }

  private static byte[] hex(byte[] hash) {
    return Digests.hex(hash).getBytes(ISO_8859_1);
  }

  /// Returns the value of a header; if it came more than once, all values in order, joined by
  /// commas.
  private String valueOf(String header) {
    List<String> all = call.headers().all(header);
    return all.size() == 1
        ? all.getFirst().strip()
        : String.join(",", all.stream().map(String::strip).sorted().toList());
  }

  @Override
  public Fields fields() {
    return fields;
  }
}
