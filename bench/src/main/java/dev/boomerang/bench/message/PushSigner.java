// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.bench.message;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Makes the HTTP requests that Aliyun's Java client makes for PushSimple: RPC signature, common
/// parameters in the query, the action's own in the form.
///
/// Source: Alibaba Cloud "RPC 签名机制".
public record PushSigner(String keyId, String secret, String appId, String workspaceId) {

  /// Returns one push as the bytes of a whole request. `number` makes it different from all others
  /// and is the [MessageStamp] in its title.
  public byte[] push(String user, long number, Instant now) {
    Map<String, String> form = new TreeMap<>();
    form.put("DeliveryType", "3"); // to users
    form.put("TargetMsgkey", "{\"" + user + "\":\"m" + number + "\"}");
    form.put("TaskName", "bench");
    form.put("Title", BenchMessage.title(number));
    form.put("Content", BenchMessage.BODY);
    form.put("ExpiredSeconds", "3600");
    Signed signed = call("PushSimple", form, number, now);
    String head =
        "POST /?"
            + signed.query()
            + " HTTP/1.1\r\n"
            + "Host: 127.0.0.1\r\n"
            + "Accept: application/json\r\n"
            + "x-sdk-client: Java/2.0.0\r\n"
            + "x-acs-action: PushSimple\r\n"
            + "x-acs-version: 2020-10-28\r\n"
            + "Content-Type: application/x-www-form-urlencoded\r\n"
            + "Content-Length: "
            + signed.body().length()
            + "\r\n\r\n";
    return (head + signed.body()).getBytes(UTF_8);
  }

  /// A call's query and form.
  public record Signed(String query, String body) {}

  /// Any call of this app. `number` is its nonce.
  public Signed call(String action, Map<String, String> parameters, long number, Instant now) {
    Map<String, String> form = new TreeMap<>(parameters);
    form.put("AppId", appId);
    form.put("WorkspaceId", workspaceId);
    Map<String, String> query = new TreeMap<>();
    query.put("Action", action);
    query.put("Version", "2020-10-28");
    query.put("Format", "JSON");
    query.put("AccessKeyId", keyId);
    query.put("SignatureMethod", "HMAC-SHA1");
    query.put("SignatureVersion", "1.0");
    query.put("SignatureNonce", "%032x".formatted(number));
    query.put("RegionId", "cn-hangzhou");
    query.put("Timestamp", now.truncatedTo(ChronoUnit.SECONDS).toString());
    Map<String, String> all = new TreeMap<>(form);
    all.putAll(query);
    query.put("Signature", sign("POST", all, secret));
    return new Signed(joined(query), joined(form));
  }

  /// Returns the signature over parameters sorted by name. The `&` after the secret is part of the
  /// key; the path is always `/`, `%2F` in the string to sign.
  static String sign(String method, Map<String, String> sorted, String secret) {
    String toSign = method + "&%2F&" + encode(joined(sorted));
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec((secret + "&").getBytes(UTF_8), "HmacSHA1"));
      return Base64.getEncoder().encodeToString(mac.doFinal(toSign.getBytes(UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HmacSHA1", e);
    }
  }

  private static String joined(Map<String, String> parameters) {
    return parameters.entrySet().stream()
        .map(entry -> encode(entry.getKey()) + "=" + encode(entry.getValue()))
        .collect(Collectors.joining("&"));
  }

  /// Encodes as RFC 3986 does, which the signature demands: `URLEncoder` differs in these three
  /// characters.
  private static String encode(String text) {
    return URLEncoder.encode(text, UTF_8)
        .replace("+", "%20")
        .replace("*", "%2A")
        .replace("%7E", "~");
  }
}
