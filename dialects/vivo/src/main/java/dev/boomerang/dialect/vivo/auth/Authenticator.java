// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.vivo.auth;

import dev.boomerang.dialect.vivo.base.AppNumber;
import dev.boomerang.dialect.vivo.base.VivoError;
import dev.boomerang.dialect.vivo.base.VivoException;
import dev.boomerang.engine.base.Apps;
import dev.boomerang.model.app.App;
import dev.boomerang.model.app.Key;
import dev.boomerang.web.field.Fields;
import dev.boomerang.web.http.Call;

/// Finds out which app makes a call, by the access token in the header `authToken`.
public final class Authenticator {
  private static final int MAX_APP_ID = 64;

  private final Apps apps;
  private final AccessTokens accessTokens;

  public Authenticator(Apps apps, AccessTokens accessTokens) {
    this.apps = apps;
    this.accessTokens = accessTokens;
  }

  /// Returns the app whose token a call has. Throws a [VivoException] if the token is missing or
  /// not valid, or if its key is switched off.
  public App app(Call call) {
    Key key =
        call.header("authToken")
            .flatMap(token -> accessTokens.key(token.strip()))
            .orElseThrow(() -> new VivoException(VivoError.TOKEN));
    if (!key.active()) {
      throw new VivoException(VivoError.APP_STATE);
    }
    return apps.find(key.app()).orElseThrow(() -> new VivoException(VivoError.TOKEN));
  }

  /// Checks the field `appId`. A call may leave it out; where it is there, it must be the number of
  /// the token's app.
  public static void requireSameApp(App app, Fields fields) {
    fields
        .text("appId", MAX_APP_ID)
        .map(String::strip)
        .filter(number -> !number.isEmpty())
        .filter(number -> !AppNumber.withoutLeadingZeros(number).equals(AppNumber.of(app.id())))
        .ifPresent(
            _ -> {
              throw new VivoException(VivoError.OTHER_APP);
            });
  }
}
