// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.vivo.tag;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.dialect.vivo.base.AuthenticatedCall;
import dev.boomerang.dialect.vivo.base.SuccessResponse;
import dev.boomerang.dialect.vivo.tag.TagCatalog.Group;
import dev.boomerang.dialect.vivo.tag.TagCatalog.Tag;
import dev.boomerang.web.field.Fields;
import dev.boomerang.web.text.InvalidFieldException.Kind;
import java.util.List;
import java.util.Optional;

/// Answers `/tagGroup`: adds and changes groups of tags. A group of type 2 is exclusive: a device
/// has at most one of its tags.
///
/// Source: vivo "标签管理", 标签分类.
public final class TagGroupCalls {
  private static final int MAX_TAGS = 100;
  private static final int EXCLUSIVE = 2;

  private final TagCatalogs tagCatalogs;

  public TagGroupCalls(TagCatalogs tagCatalogs) {
    this.tagCatalogs = tagCatalogs;
  }

  public ObjectNode add(AuthenticatedCall call) {
    Fields body = call.fields();
    String name = TagFields.name(body, "name");
    boolean exclusive = body.requiredNumber("type", 1, EXCLUSIVE) == EXCLUSIVE;
    tagCatalogs.change(
        call.appId(),
        catalog -> {
          String current =
              Optional.ofNullable(catalog.groups().get(name)).map(Group::desc).orElse("");
          var group = new Group(exclusive, TagFields.desc(body, current));
          TagCatalogs.requireFree(name, catalog.groups(), group);
          return catalog.with(name, group);
        });
    return SuccessResponse.ofTagCall();
  }

  public ObjectNode update(AuthenticatedCall call) {
    Fields body = call.fields();
    String from = TagFields.name(body, "oldName");
    String to = TagFields.name(body, "newName");
    tagCatalogs.change(
        call.appId(),
        catalog -> {
          Group current = requireGroup(catalog, from);
          if (!from.equals(to) && catalog.groups().containsKey(to)) {
            throw TagCatalogs.nameTaken(to);
          }
          var group = new Group(current.exclusive(), TagFields.desc(body, current.desc()));
          return catalog.withGroupRenamed(from, to).with(to, group);
        });
    return SuccessResponse.ofTagCall();
  }

  /// Puts tags into a group. Tags that do not exist yet are added.
  public ObjectNode addToGroup(AuthenticatedCall call) {
    Fields body = call.fields();
    String name = TagFields.name(body, "name");
    List<String> tags = body.texts("tagList", MAX_TAGS, TagCatalog.MAX_NAME);
    if (tags.isEmpty()) {
      throw body.invalid("tagList", Kind.MISSING, "must have 1 to " + MAX_TAGS + " entries");
    }
    tagCatalogs.change(
        call.appId(),
        before -> {
          requireGroup(before, name);
          TagCatalog catalog = before;
          for (String tag : tags) {
            String desc = catalog.tags().getOrDefault(tag, Tag.PLAIN).desc();
            catalog = catalog.with(tag, new Tag(desc, name));
          }
          return catalog;
        });
    return SuccessResponse.ofTagCall();
  }

  private static Group requireGroup(TagCatalog catalog, String name) {
    return Optional.ofNullable(catalog.groups().get(name))
        .orElseThrow(() -> TagCatalogs.unknownName(name));
  }
}
