// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.jpush.admin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.dialect.jpush.base.JpushError;
import dev.boomerang.dialect.jpush.base.JpushKeyKind;
import dev.boomerang.engine.base.Apps;
import dev.boomerang.engine.base.Secrets;
import dev.boomerang.model.app.App;
import dev.boomerang.model.app.AppId;
import dev.boomerang.model.app.Key;
import dev.boomerang.model.app.KeyKind;
import dev.boomerang.model.app.Secret;
import dev.boomerang.web.field.Fields;
import dev.boomerang.web.field.Json;
import dev.boomerang.web.http.Call;
import dev.boomerang.web.http.Reply;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.HexFormat;
import java.util.List;

/// Serves `/v1/app`, which manages apps, for callers that have the developer's key of the
/// configuration. An app's key is also what its devices register with, as with JPush's own device
/// SDK. A deleted app's keys are switched off; its data stay until their time is over.
///
/// Source: JPush "Admin API v1".
public final class AdminCalls {
  private static final int KEY_BYTES = 12;
  private static final String WORKSPACE = "default";

  private final Apps apps;
  private final SecureRandom random;
  private final Clock clock;

  public AdminCalls(Apps apps, SecureRandom random, Clock clock) {
    this.apps = apps;
    this.random = random;
    this.clock = clock;
  }

  public Reply create(Call call) {
    Fields body = Fields.of(call.body(), "the body");
    String name = body.requiredText("app_name", 128);
    String androidPackage = body.text("android_package", 128).orElse("");
    String key = mint();
    String secret = mint();
    var id = new AppId(key);
    var app = new App(id, WORKSPACE, name, clock.instant());
    boolean added =
        apps.add(
            app,
            List.of(
                new Key(JpushKeyKind.KIND, key, id, new Secret(secret), true),
                new Key(KeyKind.DEVICE, key, id, new Secret(""), true)));
    if (!added) {
      throw new IllegalStateException("96 random bits came twice");
    }
    return Reply.json(
        200,
        Json.write(
            Json.object()
                .put("app_key", key)
                .put("is_new_created", true)
                .put("android_package", androidPackage)
                .put("master_secret", secret)));
  }

  /// 24 letters and digits: the Java client takes no other.
  private String mint() {
    var bytes = new byte[KEY_BYTES];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  public Reply delete(Call call) {
    String key = call.param("key");
    if (!apps.activate(JpushKeyKind.KIND, key, false)) {
      return JpushError.ADMIN_INVALID.reply("There is no such app.");
    }
    apps.activate(KeyKind.DEVICE, Secrets.hash(new Secret(key)), false);
    ObjectNode answer = Json.object().put("success", "Synchronized success");
    return Reply.json(200, Json.write(answer));
  }

  public Reply certificate(Call call) {
    return JpushError.PERMISSION.reply("APNs certificates are not used here.");
  }
}
