// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui.user;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.boomerang.dialect.getui.limit.ErrorKind;
import dev.boomerang.dialect.getui.limit.GetuiException;
import dev.boomerang.dialect.getui.limit.Quota;
import dev.boomerang.dialect.getui.limit.QuotaCounter;
import dev.boomerang.engine.registration.Registrations;
import dev.boomerang.model.app.AppId;
import dev.boomerang.model.registration.Profile;
import dev.boomerang.model.registration.Registration;
import dev.boomerang.model.registration.RegistrationId;
import dev.boomerang.model.registration.Segment;
import dev.boomerang.model.text.Characters;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/// Reads and changes what is known of users: aliases, tags, the blacklist and badges.
public final class UserDirectory {
  private static final int MAX_ALIAS_BYTES = 40;
  private static final int MAX_TAGS = 100;
  private static final int MAX_TAG = 32;
  private static final int MAX_TAGS_LENGTH = 512;

  private final Registrations registrations;
  private final QuotaCounter quotas;
  private final int cidsPerAlias;

  public UserDirectory(Registrations registrations, QuotaCounter quotas, int cidsPerAlias) {
    this.registrations = registrations;
    this.quotas = quotas;
    this.cidsPerAlias = cidsPerAlias;
  }

  public Optional<Registration> find(AppId app, String cid) {
    return RegistrationId.parse(cid).flatMap(id -> registrations.find(app, id));
  }

  private Registration require(AppId app, String cid) {
    return find(app, cid).orElseThrow(() -> new GetuiException(ErrorKind.Simple.UNKNOWN_USER));
  }

  /// Returns the registrations that the app has of these cids, by cid.
  public Map<String, Registration> find(AppId app, Collection<String> cids) {
    return registrations.byId(app, cids);
  }

  public boolean isOnline(Registration registration) {
    return registrations.isConnected(registration.id());
  }

  /// Gives each cid its alias, in the place of the one before. Either all of them change or none,
  /// except when two calls come at the same moment.
  public void bindAliases(AppId app, Map<String, String> aliasByCid) {
    Map<String, Set<String>> cidsByAlias = new LinkedHashMap<>();
    aliasByCid.forEach(
        (cid, alias) -> {
          if (alias.getBytes(UTF_8).length > MAX_ALIAS_BYTES) {
            throw new GetuiException(ErrorKind.Simple.ALIAS_TOO_LONG);
          }
          require(app, cid);
          cidsByAlias.computeIfAbsent(alias, _ -> new HashSet<>()).add(cid);
        });
    cidsByAlias.forEach((alias, cids) -> checkAliasCapacity(app, alias, cids));
    aliasByCid.forEach(
        (cid, alias) -> updateProfile(app, cid, it -> it.withAlias(Optional.of(alias))));
  }

  private void checkAliasCapacity(AppId app, String alias, Set<String> cids) {
    var all = new HashSet<>(cids);
    registrations.ofAlias(app, alias).forEach(registration -> all.add(registration.id().value()));
    if (cidsPerAlias > 0 && all.size() > cidsPerAlias) {
      throw new GetuiException(ErrorKind.Simple.ALIAS_FULL);
    }
  }

  /// Takes an alias off a cid; a cid with another alias keeps that.
  public void unbindAlias(AppId app, String cid, String alias) {
    require(app, cid);
    updateProfile(app, cid, it -> it.withoutAlias(alias));
  }

  /// Takes an alias off everyone who has it.
  public void unbindAlias(AppId app, String alias) {
    registrations.updateAll(
        app,
        new Segment.HasAlias(alias),
        before -> before.with(before.profile().withoutAlias(alias)));
  }

  public Optional<String> alias(AppId app, String cid) {
    return require(app, cid).profile().alias();
  }

  public List<String> cids(AppId app, String alias) {
    return registrations.ofAlias(app, alias).stream()
        .map(registration -> registration.id().value())
        .sorted()
        .toList();
  }

  /// Replaces all tags of a cid.
  public void setTags(AppId app, String cid, List<String> tags) {
    require(app, cid);
    Set<String> wanted = checked(tags);
    quotas.take(app, Quota.TAG_SETS_DAY, cid);
    updateProfile(app, cid, it -> it.withTags(wanted));
  }

  public Set<String> tags(AppId app, String cid) {
    return require(app, cid).profile().tags();
  }

  /// Adds a tag to each cid and returns which of them have it now: not those that the app does not
  /// have, and not those that have too many.
  public Map<String, Boolean> addTag(AppId app, String tag, List<String> cids) {
    checked(List.of(tag));
    return edit(app, cids, true, tag);
  }

  /// Removes a tag from each cid and returns which of them are without it now: not those that the
  /// app does not have.
  public Map<String, Boolean> removeTag(AppId app, String tag, List<String> cids) {
    return edit(app, cids, false, tag);
  }

  private Map<String, Boolean> edit(AppId app, List<String> cids, boolean adds, String tag) {
    quotas.take(app, Quota.TAG_EDITS_MINUTE);
    quotas.take(app, Quota.TAG_EDITS_DAY);
    Map<String, Registration> registrationByCid = find(app, cids);
    Map<String, Boolean> editedByCid = new LinkedHashMap<>();
    for (String cid : cids) {
      boolean edited = registrationByCid.containsKey(cid);
      if (edited) {
        try {
          updateProfile(app, cid, it -> it.withTags(edited(it.tags(), adds, tag)));
        } catch (GetuiException _) {
          edited = false;
        }
      }
      editedByCid.put(cid, edited);
    }
    return editedByCid;
  }

  private static Set<String> edited(Set<String> before, boolean adds, String tag) {
    var after = new HashSet<>(before);
    if (adds && after.add(tag)) {
      return checked(after);
    }
    if (!adds) {
      after.remove(tag);
    }
    return after;
  }

  private static Set<String> checked(Collection<String> tags) {
    Set<String> distinct = Set.copyOf(tags);
    if (distinct.stream().anyMatch(tag -> Characters.exceed(tag, MAX_TAG))) {
      throw new GetuiException(ErrorKind.Simple.TAG_TOO_LONG);
    }
    if (distinct.size() > MAX_TAGS
        || distinct.stream().mapToInt(Characters::count).sum() > MAX_TAGS_LENGTH) {
      throw new GetuiException(ErrorKind.Simple.TOO_MANY_TAGS);
    }
    return distinct;
  }

  private void updateProfile(AppId app, String cid, UnaryOperator<Profile> change) {
    registrations.update(
        require(app, cid).id(), before -> before.with(change.apply(before.profile())));
  }

  public int count(AppId app, List<AudienceCondition> conditions) {
    return registrations.count(app, ConditionSegments.segment(conditions));
  }

  /// Lists the cids of a call that the app does not have; the call left them out.
  public record SkippedCids(List<String> unknownCids) {}

  /// Puts users on the blacklist, or takes them off it.
  public SkippedCids block(AppId app, List<String> cids, boolean blocked) {
    Map<String, Registration> registrationByCid = find(app, cids);
    registrationByCid
        .values()
        .forEach(registration -> registrations.block(registration.id(), blocked));
    return new SkippedCids(
        cids.stream().filter(cid -> !registrationByCid.containsKey(cid)).toList());
  }

  /// Changes the badges of these users.
  public SkippedCids changeBadges(AppId app, List<String> cids, BadgeChange change) {
    Map<String, Registration> registrationByCid = find(app, cids);
    var unknownCids = new ArrayList<String>();
    for (String cid : cids) {
      Optional.ofNullable(registrationByCid.get(cid))
          .ifPresentOrElse(
              registration -> registrations.update(registration.id(), change::apply),
              () -> unknownCids.add(cid));
    }
    return new SkippedCids(List.copyOf(unknownCids));
  }
}
