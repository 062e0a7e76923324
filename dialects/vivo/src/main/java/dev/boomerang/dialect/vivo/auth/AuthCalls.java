// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.vivo.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.dialect.vivo.base.AppNumber;
import dev.boomerang.dialect.vivo.base.AppQuotas;
import dev.boomerang.dialect.vivo.base.SuccessResponse;
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

/// Answers `/message/auth`, which gives out an access token for an app id, an app key and a
/// signature with the app's secret.
///
/// Source: vivo "PUSH-UPS-API", 推送鉴权接口.
public final class AuthCalls {
  /// How far a caller's clock may differ from ours.
  private static final Duration MAX_CLOCK_SKEW = Duration.ofMinutes(10);

  private static final int MAX_TEXT = 256;

  private final Apps apps;
  private final AccessTokens accessTokens;
  private final AppQuotas quotas;
  private final Clock clock;

  public AuthCalls(Apps apps, AccessTokens accessTokens, AppQuotas quotas, Clock clock) {
    this.apps = apps;
    this.accessTokens = accessTokens;
    this.quotas = quotas;
    this.clock = clock;
  }

  public ObjectNode authenticate(Fields body) {
    String appId = body.requiredText("appId", MAX_TEXT).strip();
    String appKey = body.requiredText("appKey", MAX_TEXT).strip();
    long timestamp = body.requiredNumber("timestamp", 0, Long.MAX_VALUE);
    String sign = body.requiredText("sign", MAX_TEXT).strip();
    if (Math.abs(clock.millis() - timestamp) > MAX_CLOCK_SKEW.toMillis()) {
      throw new VivoException(VivoError.TIMESTAMP, "more than 10 minutes from " + clock.millis());
    }
    Key key =
        apps.key(VivoKeyKind.KIND, appKey).orElseThrow(() -> new VivoException(VivoError.APP_KEY));
    if (!isSignature(sign, appId + appKey + timestamp, key)) {
      throw new VivoException(VivoError.SIGN);
    }
    // The quota counts signed calls only: app keys are readable in apps, and whoever reads one must
    // not use up the quota of the app's back end.
    quotas.takeAuth(key.app());
    App app = apps.find(key.app()).orElseThrow(() -> new VivoException(VivoError.APP_ID));
    if (!AppNumber.of(app.id()).equals(AppNumber.withoutLeadingZeros(appId))) {
      throw new VivoException(VivoError.APP_ID);
    }
    if (!key.active()) {
      throw new VivoException(VivoError.APP_STATE);
    }
    return SuccessResponse.create().put("authToken", accessTokens.create(key));
  }

  private static boolean isSignature(String sign, String signed, Key key) {
    byte[] text = (signed + key.secret().reveal().strip()).getBytes(UTF_8);
    String expected = Digests.hex(Digests.hash(Digests.MD5, text));
    return MessageDigest.isEqual(sign.getBytes(UTF_8), expected.getBytes(UTF_8));
  }
}
