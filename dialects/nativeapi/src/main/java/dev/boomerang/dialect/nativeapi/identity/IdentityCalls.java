// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.nativeapi.identity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.dialect.nativeapi.base.NativeError;
import dev.boomerang.engine.base.Apps;
import dev.boomerang.engine.base.Secrets;
import dev.boomerang.model.app.App;
import dev.boomerang.model.app.IdentityMode;
import dev.boomerang.web.field.Fields;
import dev.boomerang.web.field.Json;
import dev.boomerang.web.http.Call;
import dev.boomerang.web.http.Reply;
import dev.boomerang.web.text.InvalidFieldException.Kind;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;

/// `GET` and `PUT /api/v1/identity`: the identity mode of the caller's app, and the key its
/// identity tokens are checked with.
public final class IdentityCalls {
  private final Apps apps;
  private final SecureRandom random;

  public IdentityCalls(Apps apps, SecureRandom random) {
    this.apps = apps;
    this.random = random;
  }

  public Reply show(App app, Call call) {
    return reply(app.identityMode(), key(app));
  }

  /// Sets the identity mode and its key. A public key, or a new secret, replaces the key before. An
  /// app that becomes signed and has no key gets a secret.
  public Reply set(App app, Call call) {
    Fields body = Fields.of(call.body(), "body");
    IdentityMode mode =
        body.choice("mode", List.of(IdentityMode.values()), IdentityMode::wire)
            .orElseThrow(() -> body.invalid("mode", Kind.MISSING, "must be given"));
    boolean newSecret = body.flag("newSecret").orElse(false);
    if (newSecret && body.has("publicKey")) {
      throw body.invalid("newSecret", Kind.MALFORMED, "cannot be given beside publicKey");
    }
    Optional<IdentityKey> known = key(app);
    boolean mints = newSecret || (mode == IdentityMode.SIGNED && known.isEmpty());
    Optional<IdentityKey> fresh =
        body.node("publicKey")
            .map(node -> publicKey(body, node))
            .or(() -> mints ? Optional.of(secret()) : Optional.empty());
    body.refuseUnread();
    return apps.setIdentity(app.id(), mode, fresh.map(IdentityKey::stored))
        ? reply(mode, fresh.or(() -> known))
        : NativeError.NOT_FOUND.reply();
  }

  private Optional<IdentityKey> key(App app) {
    return apps.identityKey(app.id()).map(IdentityKey::read);
  }

  private IdentityKey secret() {
    return new IdentityKey.Hs256(Secrets.mint(random));
  }

  private static IdentityKey publicKey(Fields body, JsonNode given) {
    try {
      return new IdentityKey.Es256(EcKeys.read(given));
    } catch (IllegalArgumentException e) {
      throw body.invalid("publicKey", Kind.MALFORMED, String.valueOf(e.getMessage()));
    }
  }

  /// Returns the mode and the key. An HS256 secret is shown in clear, because the back end needs it
  /// to sign; of an ES256 key the server has only the public part.
  private static Reply reply(IdentityMode mode, Optional<IdentityKey> key) {
    ObjectNode json = Json.object().put("mode", mode.wire());
    key.ifPresent(
        known -> {
          json.put("algorithm", known.algorithm());
          switch (known) {
            case IdentityKey.Hs256(var secret) -> json.put("secret", secret.reveal());
            case IdentityKey.Es256 es256 -> json.put("publicKey", es256.pem());
          }
        });
    return Reply.json(200, Json.write(json));
  }
}
