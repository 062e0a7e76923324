// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.dialect.getui.access.GetuiKeyKind;
import dev.boomerang.dialect.jpush.base.JpushKeyKind;
import dev.boomerang.dialect.mpaas.signature.MpaasKeyKind;
import dev.boomerang.dialect.nativeapi.NativeKeyKind;
import dev.boomerang.dialect.vivo.base.VivoKeyKind;
import dev.boomerang.engine.base.Secrets;
import dev.boomerang.model.app.AppId;
import dev.boomerang.model.app.Key;
import dev.boomerang.model.app.KeyKind;
import dev.boomerang.model.app.Secret;
import dev.boomerang.web.field.Json;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/// The demo app's names and keys, for every dialect, each in the shape that dialect's clients
/// insist on. The JSON is `demo.json`, what a client needs to know.
record DemoKeys(ObjectNode json) {
  private static final String LETTERS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
  private static final String WORKSPACE = "default";

  /// The length of the shortest secret: as many bytes as HS256 has (RFC 7518, section 3.2).
  private static final int SHORTEST_SECRET = 32;

  static DemoKeys make(SecureRandom random) {
    // vivo's clients send the app id as an int.
    String number = Integer.toString(random.nextInt(100_000_000, 1_000_000_000));
    String appId = "ONEX" + number;
    ObjectNode json =
        Json.object()
            .put("appId", appId)
            .put("workspaceId", WORKSPACE)
            .put("deviceKey", "dev_" + Secrets.mint(random).reveal())
            .put("adminToken", "adm_" + Secrets.mint(random).reveal())
            .put("identitySecret", "idn_" + Secrets.mint(random).reveal());
    json.putObject("mpaas")
        .put("accessKeyId", "BMRG" + letters(20, random))
        .put("accessKeySecret", letters(30, random));
    // JPush's Java client refuses keys that are not 24 letters and digits.
    json.putObject("jpush").put("appKey", hex(random)).put("masterSecret", hex(random));
    json.putObject("getui")
        .put("appId", appId)
        .put("appKey", letters(22, random))
        .put("masterSecret", letters(22, random));
    json.putObject("vivo")
        .put("appId", number)
        .put("appKey", uuid(random))
        .put("appSecret", uuid(random));
    return new DemoKeys(json);
  }

  AppId appId() {
    return new AppId(text("/appId"));
  }

  String workspaceId() {
    return text("/workspaceId");
  }

  /// The identity secret may be missing from a file that somebody wrote.
  List<Key> keys() {
    List<Key> keys = callersKeys();
    return json.has("identitySecret")
        ? Stream.concat(keys.stream(), Stream.of(identityKey())).toList()
        : keys;
  }

  private Key identityKey() {
    String secret = text("/identitySecret");
    if (secret.length() < SHORTEST_SECRET) {
      throw new IllegalArgumentException(
          "its identitySecret has less than " + SHORTEST_SECRET + " characters");
    }
    return key(KeyKind.IDENTITY, text("/appId"), "HS256:" + secret);
  }

  private List<Key> callersKeys() {
    return List.of(
        key(KeyKind.DEVICE, text("/deviceKey"), ""),
        key(NativeKeyKind.KIND, text("/adminToken"), ""),
        key(MpaasKeyKind.KIND, text("/mpaas/accessKeyId"), text("/mpaas/accessKeySecret")),
        key(JpushKeyKind.KIND, text("/jpush/appKey"), text("/jpush/masterSecret")),
        key(GetuiKeyKind.KIND, text("/getui/appKey"), text("/getui/masterSecret")),
        key(VivoKeyKind.KIND, text("/vivo/appKey"), text("/vivo/appSecret")));
  }

  private Key key(KeyKind kind, String id, String secret) {
    return new Key(kind, id, appId(), new Secret(secret), true);
  }

  /// Throws if it is not there: then somebody changed the file.
  private String text(String pointer) {
    JsonNode node = json.at(pointer);
    if (!node.isTextual() || node.textValue().isBlank()) {
      throw new IllegalArgumentException("it has no text at " + pointer);
    }
    return node.textValue();
  }

  @Override
  public String toString() {
    return "DemoKeys of " + json.path("appId").asText();
  }

  private static String letters(int length, SecureRandom random) {
    var text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return text.toString();
  }

  private static String hex(SecureRandom random) {
    byte[] bytes = new byte[12];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  private static String uuid(SecureRandom random) {
    byte[] bytes = new byte[16];
    random.nextBytes(bytes);
    var halves = ByteBuffer.wrap(bytes);
    return new UUID(halves.getLong(), halves.getLong()).toString();
  }
}
