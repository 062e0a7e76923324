// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui.access;

import dev.boomerang.dialect.getui.limit.ErrorKind;
import dev.boomerang.dialect.getui.limit.GetuiException;
import dev.boomerang.dialect.getui.limit.Quota;
import dev.boomerang.engine.base.Secrets;
import dev.boomerang.engine.base.Uploads;
import dev.boomerang.model.app.AppId;
import dev.boomerang.model.app.Secret;
import dev.boomerang.model.app.Upload;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Issues, finds and revokes log-ins. An app may have many at once; they survive a restart and hold
/// on every node. Only hashes of tokens are stored.
public final class LoginTokens {
  /// Limits how long a log-in that another node ended may still count here.
  private static final Duration CACHE_TIME = Duration.ofSeconds(30);

  private static final int MAX_CACHED = 10_000;

  /// Limits the log-ins that one app has at a time.
  private static final int MAX_LOGINS = 1_000_000;

  /// Is a new log-in. The token cannot be read back later.
  public record Issued(String token, Instant expiresAt) {}

  private record LoginId(AppId app, String id) {}

  private record CachedKey(String key, Instant until) {}

  private final Uploads uploads;
  private final Duration life;
  private final SecureRandom random;
  private final Clock clock;
  private final Map<LoginId, CachedKey> cache = new ConcurrentHashMap<>();

  public LoginTokens(Uploads uploads, Duration life, SecureRandom random, Clock clock) {
    this.uploads = uploads;
    this.life = life;
    this.random = random;
    this.clock = clock;
  }

  public Issued issue(Caller caller) {
    Secret token = Secrets.mint(random);
    return new Issued(token.reveal(), store(caller, id(token.reveal())));
  }

  /// Opens a session for an address whose caller sends no token; it lives as long as a token. The
  /// address can be guessed, so it must never count as a token.
  public void openAddressSession(Caller caller, String address) {
    store(caller, addressSessionId(address));
  }

  private Instant store(Caller caller, String id) {
    var draft = new Uploads.Draft(id, Upload.Kind.SESSION, caller.key().id(), life, "");
    return uploads
        .put(caller.id(), draft, MAX_LOGINS)
        .map(Upload::expiresAt)
        .orElseThrow(() -> new GetuiException(new ErrorKind.QuotaExceeded(Quota.AUTH_MINUTE)));
  }

  /// Returns the app key that this token of the app was issued to; empty if the token is unknown or
  /// has expired.
  public Optional<String> key(AppId app, String token) {
    return token.isEmpty() ? Optional.empty() : key(new LoginId(app, id(token)));
  }

  /// Returns the app key that opened a session for this address; empty if there is none.
  public Optional<String> addressSessionKey(AppId app, String address) {
    return key(new LoginId(app, addressSessionId(address)));
  }

  private Optional<String> key(LoginId name) {
    Instant now = clock.instant();
    Optional<String> cached =
        Optional.ofNullable(cache.get(name))
            .filter(entry -> now.isBefore(entry.until()))
            .map(CachedKey::key);
    return cached.isPresent() ? cached : read(name, now);
  }

  private Optional<String> read(LoginId name, Instant now) {
    Optional<Upload> stored =
        uploads.find(name.app(), name.id()).filter(upload -> upload.kind() == Upload.Kind.SESSION);
    if (cache.size() > MAX_CACHED) {
      cache.clear();
    }
    stored.ifPresent(
        upload -> {
          Instant cachedUntil = now.plus(CACHE_TIME);
          Instant until =
              upload.expiresAt().isBefore(cachedUntil) ? upload.expiresAt() : cachedUntil;
          cache.put(name, new CachedKey(upload.name(), until));
        });
    return stored.map(Upload::name);
  }

  /// Ends a log-in; other nodes follow within 30 seconds. Returns false if there was none.
  public boolean revoke(AppId app, String token) {
    if (token.isEmpty()) {
      return false;
    }
    boolean cached = key(app, token).isPresent();
    remove(new LoginId(app, id(token)));
    return cached;
  }

  /// Ends the session of an address.
  public void closeAddressSession(AppId app, String address) {
    remove(new LoginId(app, addressSessionId(address)));
  }

  private void remove(LoginId name) {
    uploads.remove(name.app(), name.id());
    cache.remove(name);
  }

  private static String id(String token) {
    return Secrets.hash(new Secret(token));
  }

  /// Returns the stored id of an address session. Tokens have bare hashes as ids, so that no token
  /// can have this one.
  private static String addressSessionId(String address) {
    return "address-" + id(address);
  }
}
