// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.vivo.tag;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.dialect.vivo.base.AuthenticatedCall;
import dev.boomerang.dialect.vivo.base.SuccessResponse;
import dev.boomerang.dialect.vivo.user.User;
import dev.boomerang.dialect.vivo.user.UserLookup;
import dev.boomerang.dialect.vivo.user.UserSelector;
import dev.boomerang.engine.registration.Registrations;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Answers `/tag/addMembers` and `/tag/removeMembers`. The response names the users that cannot be
/// reached; their tags are changed all the same, because their devices may come back.
///
/// Source: vivo "标签管理".
public final class TagMemberCalls {
  private static final int MAX_USERS = 1_000;

  private final TagCatalogs tagCatalogs;
  private final Registrations registrations;
  private final UserLookup userLookup;

  public TagMemberCalls(
      TagCatalogs tagCatalogs, Registrations registrations, UserLookup userLookup) {
    this.tagCatalogs = tagCatalogs;
    this.registrations = registrations;
    this.userLookup = userLookup;
  }

  /// Gives a tag to users. In an exclusive group they lose the group's other tags.
  public ObjectNode add(AuthenticatedCall call) {
    String tag = TagFields.name(call.fields(), "name");
    Set<String> excluded = excludedTags(tagCatalogs.read(call.appId()), tag);
    return change(call, tag, new TagChange(Set.of(tag), excluded));
  }

  public ObjectNode remove(AuthenticatedCall call) {
    String tag = TagFields.name(call.fields(), "name");
    return change(call, tag, new TagChange(Set.of(), Set.of(tag)));
  }

  private ObjectNode change(AuthenticatedCall call, String tag, TagChange change) {
    UserSelector selector = UserSelector.read(call.fields(), "type", "ids", MAX_USERS);
    tagCatalogs.requireTag(call.appId(), tag);
    List<User> users = userLookup.findForRecall(call.appId(), selector);
    users.stream()
        .flatMap(user -> user.registrations().stream())
        .filter(change::changes)
        .forEach(each -> registrations.update(each.id(), change::applyTo));
    ObjectNode json = SuccessResponse.ofTagCall();
    User.writeInvalid(users, json.putArray("data"));
    return json;
  }

  /// Returns the other tags of a tag's group if that group is exclusive.
  private static Set<String> excludedTags(TagCatalog catalog, String tag) {
    return Optional.ofNullable(catalog.tags().get(tag))
        .map(TagCatalog.Tag::group)
        .filter(group -> isExclusive(catalog, group))
        .map(
            group ->
                catalog.tags().entrySet().stream()
                    .filter(each -> each.getValue().group().equals(group))
                    .map(Map.Entry::getKey)
                    .filter(each -> !each.equals(tag))
                    .collect(Collectors.toSet()))
        .orElse(Set.of());
  }

  private static boolean isExclusive(TagCatalog catalog, String group) {
    return Optional.ofNullable(catalog.groups().get(group))
        .filter(TagCatalog.Group::exclusive)
        .isPresent();
  }
}
