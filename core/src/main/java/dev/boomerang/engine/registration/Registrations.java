// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.engine.registration;

import dev.boomerang.engine.base.Secrets;
import dev.boomerang.engine.deliver.Connections;
import dev.boomerang.engine.deliver.Deliveries;
import dev.boomerang.engine.deliver.LastSeen;
import dev.boomerang.lifecycle.DeliveryEvent.Unreachable;
import dev.boomerang.model.app.AppId;
import dev.boomerang.model.app.Secret;
import dev.boomerang.model.push.Audience;
import dev.boomerang.model.push.DeliveryId;
import dev.boomerang.model.push.TaskId;
import dev.boomerang.model.registration.Device;
import dev.boomerang.model.registration.Platform;
import dev.boomerang.model.registration.Profile;
import dev.boomerang.model.registration.ReachabilityInfo;
import dev.boomerang.model.registration.Registration;
import dev.boomerang.model.registration.RegistrationId;
import dev.boomerang.model.registration.Segment;
import dev.boomerang.port.DeliveryStore.Change;
import dev.boomerang.port.DeviceConnection;
import dev.boomerang.port.Store;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/// Registers devices and keeps what is known of them.
public final class Registrations {

  /// A registration with the secret its device connects with. Only its hash is kept: it cannot be
  /// told again.
  public record Registered(Registration registration, Secret secret) {}

  private static final String LEFT = "registration-left";
  private static final int PAGE = 500;

  private final Store store;
  private final Deliveries deliveries;
  private final Connections connections;
  private final LastSeen lastSeen;
  private final SecureRandom random;
  private final Clock clock;

  public Registrations(
      Store store,
      Deliveries deliveries,
      Connections connections,
      LastSeen lastSeen,
      SecureRandom random,
      Clock clock) {
    this.store = store;
    this.deliveries = deliveries;
    this.connections = connections;
    this.lastSeen = lastSeen;
    this.random = random;
    this.clock = clock;
  }

  /// Returns how many registrations a push to the segment would be for now.
  public int count(AppId app, Segment segment) {
    return store.segments().resolve(app, segment.reachable()).size();
  }

  /// Returns all registrations that a segment picks now. Ask this only where they are few, or where
  /// each of them costs more than to be read.
  public List<Registration> matching(AppId app, Segment segment) {
    return store.segments().registrations(store.segments().resolve(app, segment));
  }

  /// Changes every registration that a segment picks, until it picks none; so `change` has to take
  /// them out of it.
  public void updateAll(AppId app, Segment segment, UnaryOperator<Registration> change) {
    List<Registration> page;
    do {
      page = store.segments().sample(store.segments().resolve(app, segment), PAGE);
      page.forEach(each -> update(each.id(), change));
    } while (!page.isEmpty());
  }

  /// The tags that the app's registrations have, in order of their bytes, at most `limit`.
  public List<String> tags(AppId app, int limit) {
    return store.segments().tags(app, limit);
  }

  public List<Registration> ofAlias(AppId app, String alias) {
    return ofAliases(app, List.of(alias));
  }

  /// Returns the registrations that have one of these aliases, in no particular order; each has its
  /// alias.
  public List<Registration> ofAliases(AppId app, Collection<String> aliases) {
    return store.registrations().findByTarget(app, Audience.TargetKind.ALIAS, aliases);
  }

  /// Registers a device of an app in the open mode, as [#register(AppId, Device, Profile, Map,
  /// DeviceClaim, int)] does for one that shows nothing but the device key.
  public Registered register(
      AppId app, Device device, Profile profile, Map<String, String> vendorTokens) {
    return switch (register(app, device, profile, vendorTokens, DeviceClaim.OPEN, 0)) {
      case RegisterResult.Done(Registered registered) -> registered;
      case RegisterResult.ProofRequired _, RegisterResult.LimitReached _ ->
          throw new IllegalStateException("the open mode without a limit refuses nobody");
    };
  }

  /// Registers a device. What is to become of a device id that the app knows already is decided by
  /// `claim`: the device gets that registration back with a new secret, and the old secret and its
  /// connection end; or a new one, with an empty mailbox, takes the device id from it.
  ///
  /// Of a registration that comes back, what the device says now takes the place of what was known;
  /// what it leaves out stays, because a server may have told it (a user bound by mPaaS PushBind).
  /// `limit` is how many registrations the app may have, 0 for any number; calls at the same moment
  /// may pass it by their number.
  public RegisterResult register(
      AppId app,
      Device device,
      Profile profile,
      Map<String, String> vendorTokens,
      DeviceClaim claim,
      int limit) {
    Secret secret = Secrets.mint(random);
    var reachabilityInfo = ReachabilityInfo.of(Secrets.hash(secret), vendorTokens);
    Registration fresh = fresh(app, device, profile, reachabilityInfo);
    while (true) {
      Optional<Registration> own = claim.owned().flatMap(this::unchangedSecret);
      if (claim.owned().isPresent() && own.isEmpty()) {
        return new RegisterResult.ProofRequired();
      }
      Optional<Registration> holder =
          holder(app, device).filter(it -> own.filter(one -> one.id().equals(it.id())).isEmpty());
      DeviceClaim.Decision decision = holder.map(claim::on).orElse(DeviceClaim.Decision.TAKE_OVER);
      if (decision == DeviceClaim.Decision.REFUSED) {
        return new RegisterResult.ProofRequired();
      }
      Optional<Registration> back = decision == DeviceClaim.Decision.SAME ? holder : own;
      if (back.isEmpty() && limit > 0 && count(app) >= limit) {
        return new RegisterResult.LimitReached();
      }
      boolean knowsSecret = own.isPresent();
      Registration taker = back.map(known -> renewed(known, fresh, knowsSecret)).orElse(fresh);
      Optional<Registration> former =
          holder
              .filter(_ -> decision == DeviceClaim.Decision.TAKE_OVER)
              .map(Registrations::unnamed);
      if (stored(former, taker, back.isPresent())) {
        former.ifPresent(connections::changed);
        if (back.isPresent()) {
          connections.changed(taker);
          connections.revoke(taker.id(), DeviceConnection.CloseReason.SECRET_REPLACED);
        }
        return new RegisterResult.Done(new Registered(taker, secret));
      }
    }
  }

  /// Returns the registration as it is now, unless it was given another secret meanwhile.
  private Optional<Registration> unchangedSecret(Registration shown) {
    return store
        .registrations()
        .find(shown.id())
        .filter(now -> now.reachability().secretHash().equals(shown.reachability().secretHash()));
  }

  private boolean stored(Optional<Registration> former, Registration taker, boolean isKnown) {
    if (former.isPresent()) {
      return store.registrations().handOver(former.get(), taker);
    }
    return isKnown
        ? store.registrations().replace(taker)
        : store.registrations().add(taker).id().equals(taker.id());
  }

  private Optional<Registration> holder(AppId app, Device device) {
    return device
        .deviceId()
        .flatMap(
            name ->
                store
                    .registrations()
                    .findByTarget(app, Audience.TargetKind.DEVICE, List.of(name))
                    .stream()
                    .filter(each -> each.device().deviceId().equals(Optional.of(name)))
                    .findFirst());
  }

  private static Registration unnamed(Registration holder) {
    return holder.with(holder.device().withDeviceId(Optional.empty()));
  }

  /// Returns the registration as its device says it is now. Vendor tokens of before are kept only
  /// for a device that knew the secret: without it, they may be somebody else's.
  private Registration renewed(Registration known, Registration now, boolean knowsSecret) {
    Device device = now.device().withDeviceId(now.device().deviceId().or(known.device()::deviceId));
    Profile profile = now.profile().or(known.profile());
    ReachabilityInfo reachabilityInfo = told(now.reachability(), known.reachability(), knowsSecret);
    return stamped(known, known.changed(device, profile, reachabilityInfo));
  }

  private int count(AppId app) {
    return store.segments().resolve(app, new Segment.All(List.of())).size();
  }

  private static ReachabilityInfo told(
      ReachabilityInfo now, ReachabilityInfo known, boolean keepsTokens) {
    Map<String, String> tokens = new HashMap<>(keepsTokens ? known.vendorTokens() : Map.of());
    tokens.putAll(now.vendorTokens());
    return new ReachabilityInfo(now.secretHash(), tokens, known.notificationsOn(), known.blocked());
  }

  /// The registration of a device that a server tells us of; made if it is new. Such a one cannot
  /// connect until its device registers with the same device id.
  public Registration ensure(AppId app, Device device) {
    return store
        .registrations()
        .add(fresh(app, device, Profile.EMPTY, ReachabilityInfo.of("", Map.of())));
  }

  public Optional<Registration> find(AppId app, RegistrationId id) {
    return store.registrations().find(id).filter(found -> found.app().equals(app));
  }

  /// Returns how many of an app's registrations were made from `from` until before `to`, by
  /// platform; platforms without any are absent. Registrations that left since do not count.
  public Map<Platform, Integer> countRegistered(AppId app, Instant from, Instant to) {
    return store.registrations().countRegistered(app, from, to);
  }

  /// Returns the registrations of `ids` that the app has, by id, in no particular order. A text
  /// that is no id finds none.
  public Map<String, Registration> byId(AppId app, Collection<String> ids) {
    List<String> good = ids.stream().filter(id -> RegistrationId.parse(id).isPresent()).toList();
    Map<String, Registration> found = new HashMap<>();
    store
        .registrations()
        .findByTarget(app, Audience.TargetKind.REGISTRATION, good)
        .forEach(each -> found.put(each.id().value(), each));
    return found;
  }

  /// Returns those of `ids` that were the app's registrations and have left, as far as that is
  /// remembered ([Limits.removedIds][dev.boomerang.engine.base.Limits#removedIds]).
  public Set<String> removed(AppId app, Collection<String> ids) {
    List<RegistrationId> good =
        ids.stream().flatMap(id -> RegistrationId.parse(id).stream()).toList();
    return good.isEmpty()
        ? Set.of()
        : store.registrations().removed(app, good).stream()
            .map(RegistrationId::value)
            .collect(Collectors.toSet());
  }

  /// Returns the registration with this device id or registration id.
  public Optional<Registration> findDevice(AppId app, String name) {
    return store
        .registrations()
        .findByTarget(app, Audience.TargetKind.DEVICE, List.of(name))
        .stream()
        .findFirst();
  }

  public List<Registration> ofUser(AppId app, String user) {
    return store.registrations().findByTarget(app, Audience.TargetKind.USER, List.of(user));
  }

  public boolean isConnected(RegistrationId id) {
    return connections.has(id);
  }

  /// Returns when the device was last connected: now, if it is; empty if it never was, however
  /// often it registered.
  public Optional<Instant> lastConnected(Registration registration) {
    return isConnected(registration.id())
        ? Optional.of(clock.instant())
        : lastSeen.of(registration);
  }

  /// Applies `change` to what is stored, however many others do the same at this moment. `change`
  /// may run more than once. Empty if the registration is gone.
  public Optional<Registration> update(RegistrationId id, UnaryOperator<Registration> change) {
    while (true) {
      Optional<Registration> before = store.registrations().find(id);
      if (before.isEmpty()) {
        return Optional.empty();
      }
      Registration after = stamped(before.get(), change.apply(before.get()));
      if (store.registrations().replace(after)) {
        connections.changed(after);
        return Optional.of(after);
      }
    }
  }

  /// Blocks a registration, so that the app pushes nothing to it from here on, or unblocks it. What
  /// waits already is not touched. Returns empty if the registration is gone.
  public Optional<Registration> block(RegistrationId id, boolean blocked) {
    return update(id, each -> each.with(each.reachability().blocked(blocked)));
  }

  private Registration stamped(Registration before, Registration after) {
    return before.profile().userId().equals(after.profile().userId())
        ? after
        : after.boundAt(clock.instant());
  }

  /// Removes a registration, ends its connection, and closes what waits for it. False if there was
  /// none.
  public boolean unregister(RegistrationId id) {
    boolean removed = store.registrations().remove(id, clock.instant());
    connections.revoke(id, DeviceConnection.CloseReason.REGISTRATION_GONE);
    Instant now = clock.instant();
    TaskId after = TaskId.NONE;
    List<DeliveryId> waiting;
    do {
      waiting = store.deliveries().undelivered(id, after, now, PAGE);
      deliveries.apply(
          waiting.stream()
              .map(delivery -> new Change(delivery, new Unreachable(now, LEFT)))
              .toList());
      after = waiting.isEmpty() ? after : waiting.getLast().task();
    } while (waiting.size() == PAGE);
    return removed;
  }

  private Registration fresh(
      AppId app, Device device, Profile profile, ReachabilityInfo reachabilityInfo) {
    Instant now = clock.instant();
    return new Registration(
        RegistrationId.mint(now, random), app, device, profile, reachabilityInfo, now, now, now, 0);
  }
}
