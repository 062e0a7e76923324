// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.vivo.tag;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.dialect.vivo.VivoDialect.AuthenticatedCall;
import dev.boomerang.dialect.vivo.user.UserLookup;
import dev.boomerang.dialect.vivo.user.UserLookup.User;
import dev.boomerang.engine.registration.Registrations;
import dev.boomerang.model.app.AppId;
import dev.boomerang.model.registration.Registration;
import dev.boomerang.web.field.Fields;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// `/tag/addMembers` and `/tag/removeMembers`. Devices that are away or switched off are told of,
/// and changed all the same: they may come back.
///
/// Source: vivo "标签管理".
public final class TagMemberCalls {
  private static final int MAX_IDS = 1_000;

  private final TagCatalogs books;
  private final Registrations registrations;
  private final UserLookup users;

  public TagMemberCalls(TagCatalogs books, Registrations registrations, UserLookup users) {
    this.books = books;
    this.registrations = registrations;
    this.users = users;
  }

  public ObjectNode add(AuthenticatedCall ask) {
    AppId app = ask.app().id();
    String tag = TagCatalogs.name(ask.fields(), "name");
    Set<String> rivals = rivals(books.read(app), tag);
    return change(ask, tag, Set.of(tag), rivals);
  }

  public ObjectNode remove(AuthenticatedCall ask) {
    String tag = TagCatalogs.name(ask.fields(), "name");
    return change(ask, tag, Set.of(), Set.of(tag));
  }

  private ObjectNode change(
      AuthenticatedCall ask, String tag, Set<String> adding, Set<String> removing) {
    Fields body = ask.fields();
    AppId app = ask.app().id();
    var targetKind = UserLookup.by(body, "type");
    List<String> names = UserLookup.names(body, "ids", MAX_IDS);
    if (!TagCalls.isThere(app, books.read(app), tag, registrations)) {
      throw TagCatalogs.unknown(tag);
    }
    List<User> named = users.findForRecall(app, targetKind, names);
    named.stream()
        .flatMap(user -> user.registrations().stream())
        .filter(each -> !each.profile().tags().equals(tags(each, adding, removing)))
        .forEach(
            each -> registrations.update(each.id(), before -> tagged(before, adding, removing)));
    ObjectNode json = TagCalls.done();
    UserLookup.tell(named, json.putArray("data"));
    return json;
  }

  /// The other tags of a group whose tags exclude each other.
  private static Set<String> rivals(TagCatalog book, String tag) {
    Optional<String> group =
        Optional.ofNullable(book.tags().get(tag))
            .map(TagCatalog.Tag::group)
            .filter(
                name ->
                    Optional.ofNullable(book.groups().get(name))
                        .filter(TagCatalog.Group::exclusive)
                        .isPresent());
    return group
        .map(
            name ->
                book.tags().entrySet().stream()
                    .filter(each -> each.getValue().group().equals(name))
                    .map(each -> each.getKey())
                    .filter(each -> !each.equals(tag))
                    .collect(Collectors.toSet()))
        .orElse(Set.of());
  }

  static Registration tagged(Registration before, Set<String> adding, Set<String> removing) {
    return before.with(before.profile().withTags(tags(before, adding, removing)));
  }

  private static Set<String> tags(Registration before, Set<String> adding, Set<String> removing) {
    Set<String> tags = new HashSet<>(before.profile().tags());
    tags.removeAll(removing);
    tags.addAll(adding);
    return tags;
  }
}
