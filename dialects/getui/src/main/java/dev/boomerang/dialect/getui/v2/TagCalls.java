// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui.v2;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.dialect.getui.access.Caller;
import dev.boomerang.dialect.getui.user.UserDirectory;
import dev.boomerang.web.field.Fields;
import dev.boomerang.web.field.Json;
import dev.boomerang.web.http.Call;
import dev.boomerang.web.http.Reply;
import dev.boomerang.web.text.InvalidFieldException.Kind;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Reads and changes users' tags.
///
/// Source: Getui "RestAPI V2", user, custom_tag.
final class TagCalls {
  private static final int MAX_CIDS = 1_000;
  private static final int MAX_TAGS = 1_000;
  private static final int MAX_NAME = 128;

  private final UserDirectory users;

  TagCalls(UserDirectory users) {
    this.users = users;
  }

  /// Replaces all tags of a cid; an empty list takes all of them off.
  Reply set(Caller caller, Call call) {
    Fields body = RequestBody.of(call);
    if (!body.has("custom_tag")) {
      throw body.invalid("custom_tag", Kind.MISSING, "must be given");
    }
    users.setTags(caller.id(), call.param("cid"), body.texts("custom_tag", MAX_TAGS, MAX_NAME));
    return V2Replies.success();
  }

  /// Answers a cid's tags in one text, separated by spaces.
  Reply show(Caller caller, Call call) {
    String cid = call.param("cid");
    ObjectNode data = Json.object();
    data.putArray(cid)
        .add(users.tags(caller.id(), cid).stream().sorted().collect(Collectors.joining(" ")));
    return V2Replies.of(data);
  }

  Reply add(Caller caller, Call call) {
    return answer(users.addTag(caller.id(), call.param("tag"), cids(call)));
  }

  Reply remove(Caller caller, Call call) {
    return answer(users.removeTag(caller.id(), call.param("tag"), cids(call)));
  }

  /// Returns the cids of the body, of which there must be one.
  private static List<String> cids(Call call) {
    Fields body = RequestBody.of(call);
    List<String> cids = body.texts("cid", MAX_CIDS, MAX_NAME);
    if (cids.isEmpty()) {
      throw body.invalid("cid", Kind.MISSING, "must be given");
    }
    return cids;
  }

  /// Answers which cids were changed; 23001 if none was.
  private static Reply answer(Map<String, Boolean> editedByCid) {
    if (!editedByCid.containsValue(true)) {
      throw new V2CodeException(V2Code.TAG_FAILED);
    }
    ObjectNode data = Json.object();
    editedByCid.forEach((cid, edited) -> data.put(cid, Boolean.toString(edited)));
    return V2Replies.of(data);
  }
}
