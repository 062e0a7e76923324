// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui.access;

import dev.boomerang.dialect.getui.limit.GetuiFault;
import dev.boomerang.dialect.getui.limit.Quota;
import dev.boomerang.dialect.getui.limit.Trouble;
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
public final class Tokens {
  /// How long another node's end of a log-in may go unnoticed here.
  private static final Duration FRESH = Duration.ofSeconds(30);

  private static final int REMEMBERED = 10_000;

  /// Of one app at a time.
  private static final int MOST = 1_000_000;

  /// A new log-in. The token cannot be told again.
  public record Issued(String token, Instant expiresAt) {}

  private record Name(AppId app, String id) {}

  private record Seen(String key, Instant until) {}

  private final Uploads uploads;
  private final Duration life;
  private final SecureRandom random;
  private final Clock clock;
  private final Map<Name, Seen> seen = new ConcurrentHashMap<>();

  public Tokens(Uploads uploads, Duration life, SecureRandom random, Clock clock) {
    this.uploads = uploads;
    this.life = life;
    this.random = random;
    this.clock = clock;
  }

  public Issued issue(Caller caller) {
    Secret token = Secrets.mint(random);
    return new Issued(token.reveal(), keep(caller, id(token.reveal())));
  }

  /// Lets in whoever comes as `guest`, for as long as a token lives: the address of a caller that
  /// sends none. It is no token, for it can be guessed.
  public void admit(Caller caller, String guest) {
    keep(caller, guestId(guest));
  }

  private Instant keep(Caller caller, String id) {
    var draft = new Uploads.Draft(id, Upload.Kind.SESSION, caller.key().id(), life, "");
    return uploads
        .put(caller.id(), draft, MOST)
        .map(Upload::expiresAt)
        .orElseThrow(() -> new GetuiFault(new Trouble.Over(Quota.AUTH_MINUTE)));
  }

  /// The app key that this token of the app was given to; empty if it is not one, or is over.
  public Optional<String> key(AppId app, String token) {
    return token.isEmpty() ? Optional.empty() : key(new Name(app, id(token)));
  }

  /// The app key that let this guest in; empty if none did.
  public Optional<String> guestKey(AppId app, String guest) {
    return key(new Name(app, guestId(guest)));
  }

  private Optional<String> key(Name name) {
    Instant now = clock.instant();
    Optional<String> known =
        Optional.ofNullable(seen.get(name)).filter(it -> now.isBefore(it.until())).map(Seen::key);
    return known.isPresent() ? known : read(name, now);
  }

  private Optional<String> read(Name name, Instant now) {
    Optional<Upload> kept =
        uploads.find(name.app(), name.id()).filter(upload -> upload.kind() == Upload.Kind.SESSION);
    if (seen.size() > REMEMBERED) {
      seen.clear();
    }
    kept.ifPresent(
        upload -> {
          Instant fresh = now.plus(FRESH);
          Instant until = upload.expiresAt().isBefore(fresh) ? upload.expiresAt() : fresh;
          seen.put(name, new Seen(upload.name(), until));
        });
    return kept.map(Upload::name);
  }

  /// Ends a log-in; other nodes follow within 30 seconds. False if there was none.
  public boolean revoke(AppId app, String token) {
    if (token.isEmpty()) {
      return false;
    }
    boolean known = key(app, token).isPresent();
    remove(new Name(app, id(token)));
    return known;
  }

  /// Sends a guest away.
  public void dismiss(AppId app, String guest) {
    remove(new Name(app, guestId(guest)));
  }

  private void remove(Name name) {
    uploads.remove(name.app(), name.id());
    seen.remove(name);
  }

  private static String id(String token) {
    return Secrets.hash(new Secret(token));
  }

  /// Tokens have bare hashes for ids: none is a guest's.
  private static String guestId(String guest) {
    return "guest-" + id(guest);
  }
}
