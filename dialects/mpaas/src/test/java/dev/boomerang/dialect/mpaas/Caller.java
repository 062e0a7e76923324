// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.mpaas;

import static dev.boomerang.dialect.mpaas.Signing.encoded;
import static dev.boomerang.dialect.mpaas.Signing.hmac;
import static dev.boomerang.dialect.mpaas.Signing.sha256;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.boomerang.web.field.Json;
import dev.boomerang.web.http.Body;
import dev.boomerang.web.http.Call;
import dev.boomerang.web.http.Headers;
import dev.boomerang.web.http.Reply;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;

/// A client of its own: writes and signs calls as the vendor's documents say, with none of the code
/// it tests.
final class Caller {
  private static final List<String> COMMON =
      List.of(
          "Action",
          "Version",
          "Format",
          "AccessKeyId",
          "SignatureMethod",
          "SignatureVersion",
          "SignatureNonce",
          "Timestamp");

  private final World world;
  private final String secret;
  private final Map<String, String> params;

  private Caller(World world, String secret, Map<String, String> params) {
    this.world = world;
    this.secret = secret;
    this.params = params;
  }

  Caller(World world, String keyId, String secret) {
    this(world, secret, new TreeMap<>());
    params.put("AccessKeyId", keyId);
    params.put("Version", "2020-10-28");
    params.put("Format", "JSON");
    params.put("SignatureMethod", "HMAC-SHA1");
    params.put("SignatureVersion", "1.0");
  }

  Caller with(String name, String value) {
    var more = new TreeMap<>(params);
    more.put(name, value);
    return new Caller(world, secret, more);
  }

  Caller without(String name) {
    var less = new TreeMap<>(params);
    less.remove(name);
    return new Caller(world, secret, less);
  }

  Caller signedWith(String otherSecret) {
    return new Caller(world, otherSecret, params);
  }

  // Scheme A

  /// As the Java and Python cores do: common parameters in the query, the action's in the form.
  Call rpc() {
    return rpc("POST", true, false);
  }

  Call rpc(String method, boolean commonInQuery, boolean restInQuery) {
    var all = new TreeMap<>(params);
    all.putIfAbsent("Timestamp", now());
    all.putIfAbsent("SignatureNonce", UUID.randomUUID().toString());
    all.values().removeIf(value -> value.equals(ABSENT));
    String toSign = method + "&%2F&" + encoded(joined(all));
    String algorithm = "HMAC-SHA256".equals(all.get("SignatureMethod")) ? "HmacSHA256" : "HmacSHA1";
    byte[] signature = hmac(algorithm, secret + "&", toSign);
    Map<String, String> common = new TreeMap<>(all);
    common.keySet().retainAll(COMMON);
    common.put("Signature", Base64.getEncoder().encodeToString(signature));
    all.keySet().removeAll(COMMON);
    String query = (commonInQuery ? form(common) : "") + (restInQuery ? "&" + form(all) : "");
    String body = (commonInQuery ? "" : form(common) + "&") + (restInQuery ? "" : form(all));
    return call(method, query, body, Headers.of("Host", "push.example.com:7300"));
  }

  /// A value that leaves a common parameter out although it would be filled in.
  static final String ABSENT = "\0";

  Answer send() {
    return answered(rpc());
  }

  Answer answered(Call call) {
    return new Answer(world.send(call));
  }

  // Scheme B

  Call acs3() {
    return acs3(
        List.of(
            "content-type",
            "host",
            "x-acs-action",
            "x-acs-content-sha256",
            "x-acs-date",
            "x-acs-signature-nonce",
            "x-acs-version"),
        Map.of());
  }

  /// `changed` headers take the place of right ones before signing; [#ABSENT] leaves one out.
  Call acs3(List<String> signed, Map<String, String> changed) {
    var business = new TreeMap<>(params);
    business.keySet().removeAll(COMMON);
    String body = form(business);
    var headers = new TreeMap<String, String>();
    headers.put("host", "push.example.com:7300");
    headers.put("content-type", "application/x-www-form-urlencoded");
    headers.put("x-acs-action", params.getOrDefault("Action", ""));
    headers.put("x-acs-version", params.getOrDefault("Version", ""));
    headers.put("x-acs-date", now());
    headers.put("x-acs-signature-nonce", UUID.randomUUID().toString());
    headers.put("x-acs-content-sha256", sha256(body));
    headers.putAll(changed);
    headers.values().removeIf(ABSENT::equals);
    String canonical =
        "POST\n/\n\n"
            + signed.stream()
                .map(name -> name + ":" + headers.getOrDefault(name, "").strip() + "\n")
                .collect(Collectors.joining())
            + "\n"
            + String.join(";", signed)
            + "\n"
            + sha256(body);
    String signature =
        HexFormat.of()
            .formatHex(hmac("HmacSHA256", secret, "ACS3-HMAC-SHA256\n" + sha256(canonical)));
    headers.put(
        "Authorization",
        "ACS3-HMAC-SHA256 Credential=%s,SignedHeaders=%s,Signature=%s"
            .formatted(params.get("AccessKeyId"), String.join(";", signed), signature));
    return call("POST", "", body, Headers.of(new ArrayList<>(headers.entrySet())));
  }

  private static Call call(String method, String query, String body, Headers headers) {
    return new Call(method, "/", query, headers, Body.of(body), "127.0.0.1", Map.of());
  }

  private String now() {
    return world.clock.instant().toString();
  }

  private static String joined(Map<String, String> sorted) {
    return sorted.entrySet().stream()
        .map(e -> encoded(e.getKey()) + "=" + encoded(e.getValue()))
        .collect(Collectors.joining("&"));
  }

  private static String form(Map<String, String> params) {
    return params.entrySet().stream()
        .map(
            e ->
                URLEncoder.encode(e.getKey(), UTF_8) + "=" + URLEncoder.encode(e.getValue(), UTF_8))
        .collect(Collectors.joining("&"));
  }

  /// A reply, read.
  record Answer(Reply reply) {
    JsonNode json() {
      return Json.read(reply.body()).orElseThrow();
    }

    String text(String pointer) {
      return json().at(pointer).asText();
    }

    /// `404 InvalidAction.NotFound` for the gateway's, `3028 INVALID_PARAM` for the service's.
    String verdict() {
      return json().has("Code") && reply.status() != 200
          ? reply.status() + " " + text("/Code")
          : text("/ResultCode") + " " + text("/ResultMessage");
    }

    String data() {
      return text("/PushResult/Data");
    }

    String why() {
      return text("/PushResult/ResultMsg");
    }
  }
}
