// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.jpush.base;

import dev.boomerang.engine.base.Secrets;
import dev.boomerang.model.app.Secret;
import dev.boomerang.web.http.BasicAuth;
import dev.boomerang.web.http.Reply;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Optional;

/// `recallWindow` and `overrideWindow`: how old a message may be to be taken back or replaced.
/// `strict`: members nobody knows are refused with 1009 instead of ignored. `emptyBodies`: calls
/// that return nothing answer with an empty body, as the documents say, instead of `{}`, which
/// jpush-async 4.2.0 needs. `maxPayloadBytes`: of notification and message together. `maxIosBytes`:
/// of the `ios` object alone. `broadcastsPerDay`: 0 for no limit. `devicesPerAlias`: how many
/// devices a server may bind to one alias, 0 for no limit. `callers`: from where calls may come;
/// from elsewhere they are answered 2004. `developer`: without it nobody may use the admin API.
public record JpushConfig(
    Duration recallWindow,
    Duration overrideWindow,
    boolean strict,
    boolean emptyBodies,
    int maxPayloadBytes,
    int maxIosBytes,
    int broadcastsPerDay,
    int devicesPerAlias,
    Rates rates,
    ZoneId zone,
    CallerAddresses callers,
    Optional<Developer> developer) {

  /// The dialect goes by this name in the source of its pushes, in request keys and in recalls.
  public static final String ORIGIN = "jpush";

  /// Returns the answer of a call that has nothing to return.
  public Reply emptyReply() {
    return Reply.json(200, emptyBodies ? "" : "{}");
  }

  /// The credentials that open the admin API.
  public record Developer(String key, Secret secret) {
    boolean is(BasicAuth basicAuth) {
      return key.equals(basicAuth.user())
          && Secrets.matches(Secrets.hash(secret), basicAuth.password());
    }
  }

  /// Calls a minute for each app, by family; 0 for no limit.
  public record Rates(int push, int device, int report, int schedule, int file) {
    public static final Rates DEFAULT = new Rates(0, 0, 0, 0, 0);
  }

  public static final JpushConfig DEFAULT =
      new JpushConfig(
          Duration.ofDays(1),
          Duration.ofDays(1),
          false,
          false,
          4_000,
          2_000,
          0,
          10,
          Rates.DEFAULT,
          ZoneId.of("Asia/Shanghai"),
          CallerAddresses.ANY,
          Optional.empty());
}
