// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.vivo.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.dialect.vivo.VivoDialect;
import dev.boomerang.dialect.vivo.base.AppNumber;
import dev.boomerang.dialect.vivo.base.AppQuotas;
import dev.boomerang.dialect.vivo.base.VivoError;
import dev.boomerang.dialect.vivo.base.VivoException;
import dev.boomerang.dialect.vivo.base.VivoKeyKind;
import dev.boomerang.engine.base.Apps;
import dev.boomerang.model.app.App;
import dev.boomerang.model.app.Key;
import dev.boomerang.model.text.Digests;
import dev.boomerang.web.field.Fields;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;

/// `/message/auth`: credentials for a token.
///
/// Source: vivo "PUSH-UPS-API", 推送鉴权接口.
public final class AuthCalls {
  private static final Duration SKEW = Duration.ofMinutes(10);
  private static final int MAX_TEXT = 256;

  private final Apps apps;
  private final AccessTokens tokens;
  private final AppQuotas quotas;
  private final Clock clock;

  public AuthCalls(Apps apps, AccessTokens tokens, AppQuotas quotas, Clock clock) {
    this.apps = apps;
    this.tokens = tokens;
    this.quotas = quotas;
    this.clock = clock;
  }

  public ObjectNode answer(Fields body) {
    String appId = body.requiredText("appId", MAX_TEXT).strip();
    String appKey = body.requiredText("appKey", MAX_TEXT).strip();
    long timestamp = body.requiredNumber("timestamp", 0, Long.MAX_VALUE);
    String sign = body.requiredText("sign", MAX_TEXT).strip();
    if (Math.abs(clock.millis() - timestamp) > SKEW.toMillis()) {
      throw new VivoException(VivoError.TIMESTAMP, "more than 10 minutes from " + clock.millis());
    }
    Key key =
        apps.key(VivoKeyKind.KIND, appKey).orElseThrow(() -> new VivoException(VivoError.APP_KEY));
    String signed = appId + appKey + timestamp + key.secret().reveal().strip();
    String good = Digests.hex(Digests.hash(Digests.MD5, signed.getBytes(UTF_8)));
    if (!MessageDigest.isEqual(sign.getBytes(UTF_8), good.getBytes(UTF_8))) {
      throw new VivoException(VivoError.SIGN);
    }
    // Not before: app keys are in apps, and who has one must not use up what its server needs.
    quotas.takeAuth(key.app());
    App app = apps.find(key.app()).orElseThrow(() -> new VivoException(VivoError.APP_ID));
    if (!AppNumber.of(app.id()).equals(AppNumber.withoutLeadingZeros(appId))) {
      throw new VivoException(VivoError.APP_ID);
    }
    if (!key.active()) {
      throw new VivoException(VivoError.APP_STATE);
    }
    return VivoDialect.done().put("authToken", tokens.create(key));
  }
}
