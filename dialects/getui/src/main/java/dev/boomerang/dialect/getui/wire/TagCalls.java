// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui.wire;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.dialect.getui.GetuiServices;
import dev.boomerang.dialect.getui.access.Caller;
import dev.boomerang.dialect.getui.user.AudienceCondition;
import dev.boomerang.dialect.getui.user.AudienceCondition.Op;
import dev.boomerang.dialect.getui.user.UserDirectory;
import dev.boomerang.web.field.Fields;
import dev.boomerang.web.text.InvalidFieldException.Kind;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Reads and changes tags, and counts users who have them.
///
/// Source: Getui "V1 server SDK", users. The names in the answers of counts, and the words that
/// `changeTagAction` takes, are not documented.
final class TagCalls {
  private static final int MAX_CIDS = 1_000;
  private static final int MAX_TAGS = 1_000;
  private static final int MAX_COUNTED = 10;

  private final UserDirectory users;

  TagCalls(GetuiServices getui) {
    this.users = getui.users();
  }

  /// Replaces all tags of a cid.
  ObjectNode set(Caller caller, Fields fields) {
    users.setTags(
        caller.id(),
        LenientFields.cid(fields, "clientId"),
        LenientFields.names(fields, "tagList", MAX_TAGS));
    return WireReplies.ok();
  }

  /// Adds or removes one tag for many users.
  ObjectNode change(Caller caller, Fields fields) {
    String tag = fields.requiredText("tag", LenientFields.MAX_NAME);
    List<String> cids = LenientFields.names(fields, "cids", MAX_CIDS);
    if (cids.isEmpty()) {
      throw new WireResultException(WireResult.NO_TARGETS);
    }
    String operation = fields.requiredText("operation", 16).toLowerCase(Locale.ROOT);
    Map<String, Boolean> editedByCid =
        switch (operation) {
          case "1", "add" -> users.addTag(caller.id(), tag, cids);
          case "2", "remove", "delete", "del" -> users.removeTag(caller.id(), tag, cids);
          case String _ ->
              throw fields.invalid("operation", Kind.MALFORMED, "must be 1 to add or 2 to remove");
        };
    return UserCalls.withInvalid(
        WireReplies.ok(),
        cids.stream().filter(cid -> !editedByCid.getOrDefault(cid, false)).toList());
  }

  /// Answers a cid's tags in one text, separated by spaces and sorted, so that equal sets look
  /// equal.
  ObjectNode show(Caller caller, Fields fields) {
    String cid = LenientFields.cid(fields, "clientId");
    List<String> tags = users.tags(caller.id(), cid).stream().sorted().toList();
    return WireReplies.ok().put("clientId", cid).put("tags", String.join(" ", tags));
  }

  /// Counts the users of each tag by itself.
  ObjectNode count(Caller caller, Fields fields) {
    List<String> tags = LenientFields.names(fields, "tagList", MAX_COUNTED);
    if (tags.isEmpty()) {
      throw fields.invalid("tagList", Kind.MISSING, "must be given");
    }
    ObjectNode answer = WireReplies.ok();
    ObjectNode counts = answer.putObject("userCount");
    for (String tag : tags) {
      counts.put(
          tag,
          users.count(caller.id(), List.of(new AudienceCondition("tag", List.of(tag), Op.OR))));
    }
    return answer;
  }

  /// Counts the users who meet all conditions; without any, all users of the app.
  ObjectNode countConditions(Caller caller, Fields fields) {
    return WireReplies.ok()
        .put("userCount", users.count(caller.id(), AudienceReader.conditions(fields)));
  }
}
