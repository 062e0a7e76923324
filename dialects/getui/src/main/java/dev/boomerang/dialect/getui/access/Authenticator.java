// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.boomerang.engine.base.Apps;
import dev.boomerang.model.app.App;
import dev.boomerang.model.app.AppId;
import dev.boomerang.model.text.Characters;
import dev.boomerang.model.text.Digests;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/// Finds the caller that a key names, and checks the signature of a log-in.
public final class Authenticator {
  private static final int MAX_ID = 64;

  private final Apps apps;
  private final Duration tolerance;
  private final Clock clock;

  public Authenticator(Apps apps, Duration tolerance, Clock clock) {
    this.apps = apps;
    this.tolerance = tolerance;
    this.clock = clock;
  }

  /// Returns the caller that an app key names, also if the key is switched off.
  public Optional<Caller> byAppKey(String appKey) {
    return apps.key(GetuiKeyKind.KIND, appKey)
        .flatMap(key -> apps.find(key.app()).map(app -> new Caller(app, key)));
  }

  public Optional<App> app(String appId) {
    return appId.isBlank() || Characters.exceed(appId, MAX_ID)
        ? Optional.empty()
        : apps.find(new AppId(appId));
  }

  /// Checks a REST signature: `sha256(appkey + timestamp + masterSecret)`.
  public boolean isRestSign(Caller caller, String timestamp, String sign) {
    return isSign(Digests.SHA_256, caller, timestamp, sign);
  }

  /// Checks a signature of the V1 wire: `md5(appkey + timestamp + masterSecret)`.
  public boolean isWireSign(Caller caller, String timestamp, String sign) {
    return isSign(Digests.MD5, caller, timestamp, sign);
  }

  private boolean isSign(String algorithm, Caller caller, String timestamp, String sign) {
    String signed = caller.key().id() + timestamp + caller.key().secret().reveal();
    String expected = Digests.hex(Digests.hash(algorithm, signed.getBytes(UTF_8)));
    return isWithinTolerance(timestamp)
        && MessageDigest.isEqual(expected.getBytes(UTF_8), sign.getBytes(UTF_8));
  }

  /// Returns whether a time in milliseconds is within the tolerance.
  private boolean isWithinTolerance(String millis) {
    if (millis.isEmpty() || millis.length() > 20 || !millis.chars().allMatch(Character::isDigit)) {
      return false;
    }
    return tolerance.isZero()
        || new BigInteger(millis)
                .subtract(BigInteger.valueOf(clock.millis()))
                .abs()
                .compareTo(BigInteger.valueOf(tolerance.toMillis()))
            <= 0;
  }
}
