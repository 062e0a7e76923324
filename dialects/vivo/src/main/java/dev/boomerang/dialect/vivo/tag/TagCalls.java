// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.vivo.tag;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.dialect.vivo.base.AuthenticatedCall;
import dev.boomerang.dialect.vivo.base.SuccessResponse;
import dev.boomerang.dialect.vivo.tag.TagCatalog.Tag;
import dev.boomerang.engine.registration.Registrations;
import dev.boomerang.model.app.AppId;
import dev.boomerang.model.registration.Segment;
import dev.boomerang.web.field.Fields;
import java.util.Set;

/// Answers `/tag/add` and `/tag/update`. Clients send a `type` of 0 with no meaning, which is not
/// read.
///
/// Source: vivo "标签管理".
public final class TagCalls {
  private final TagCatalogs tagCatalogs;
  private final Registrations registrations;

  public TagCalls(TagCatalogs tagCatalogs, Registrations registrations) {
    this.tagCatalogs = tagCatalogs;
    this.registrations = registrations;
  }

  public ObjectNode add(AuthenticatedCall call) {
    Fields body = call.fields();
    String name = TagFields.name(body, "name");
    tagCatalogs.change(
        call.appId(),
        catalog -> {
          Tag tag = read(body, catalog.tags().getOrDefault(name, Tag.PLAIN));
          TagCatalogs.requireFree(name, catalog.tags(), tag);
          return catalog.with(name, tag);
        });
    return SuccessResponse.ofTagCall();
  }

  /// Changes a tag and may rename it. The devices are changed first: if the call stops half way,
  /// the same call again finishes it.
  public ObjectNode update(AuthenticatedCall call) {
    Fields body = call.fields();
    AppId app = call.appId();
    String from = TagFields.name(body, "oldName");
    String to = TagFields.name(body, "newName");
    tagCatalogs.requireTag(app, from);
    if (!from.equals(to)) {
      if (tagCatalogs.read(app).tags().containsKey(to)) {
        throw TagCatalogs.nameTaken(to);
      }
      registrations.updateAll(
          app, new Segment.HasTag(from), new TagChange(Set.of(to), Set.of(from))::applyTo);
    }
    tagCatalogs.change(
        app,
        catalog ->
            catalog
                .withTagRenamed(from, to)
                .with(to, read(body, catalog.tags().getOrDefault(from, Tag.PLAIN))));
    return SuccessResponse.ofTagCall();
  }

  /// Returns the tag that a call describes. What it leaves out stays as in `current`.
  private static Tag read(Fields body, Tag current) {
    return new Tag(
        TagFields.desc(body, current.desc()),
        body.text("group", TagCatalog.MAX_NAME).orElse(current.group()));
  }
}
