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

/// Log-ins. An app may have many at once; they survive a restart and hold on every node. Only
/// hashes of tokens are kept.
public final class LoginTokens {
  /// How long another node's end of a log-in may go unnoticed here.
  private static final Duration CACHE_TIME = Duration.ofSeconds(30);

  private static final int MAX_CACHED = 10_000;

  /// Of one app at a time.
  private static final int MAX_LOGINS = 1_000_000;

  /// A new log-in. The token cannot be told again.
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

  /// Lets in whoever comes as `guest`, for as long as a token lives: the address of a caller that
  /// sends none. It is no token, for it can be guessed.
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

  /// The app key that this token of the app was given to; empty if it is not one, or is over.
  public Optional<String> key(AppId app, String token) {
    return token.isEmpty() ? Optional.empty() : key(new LoginId(app, id(token)));
  }

  /// The app key that let this guest in; empty if none did.
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

  /// Ends a log-in; other nodes follow within 30 seconds. False if there was none.
  public boolean revoke(AppId app, String token) {
    if (token.isEmpty()) {
      return false;
    }
    boolean cached = key(app, token).isPresent();
    remove(new LoginId(app, id(token)));
    return cached;
  }

  /// Sends a guest away.
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

  /// Tokens have bare hashes for ids: none is a guest's.
  private static String addressSessionId(String address) {
    return "guest-" + id(address);
  }
}
