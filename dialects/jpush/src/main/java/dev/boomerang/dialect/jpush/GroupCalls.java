// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.jpush;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.dialect.jpush.Access.Caller;
import dev.boomerang.model.TaskId;
import dev.boomerang.web.Call;
import dev.boomerang.web.FieldFault.Kind;
import dev.boomerang.web.Fields;
import dev.boomerang.web.Json;
import dev.boomerang.web.Reply;

/// Pushes to a group of apps. Here a group is one app; see [Access]. What overrides is not for
/// groups.
///
/// Source: JPush "Push API v3", group push.
final class GroupCalls {
  private final PushCalls pushes;

  GroupCalls(PushCalls pushes) {
    this.pushes = pushes;
  }

  Reply push(Caller caller, Call call) {
    Fields body = body(caller, call);
    return answer(caller, pushes.read(caller, body));
  }

  Reply file(Caller caller, Call call) {
    Fields body = body(caller, call);
    return answer(caller, pushes.readFile(caller, body));
  }

  private static Fields body(Caller caller, Call call) {
    if (!caller.isGroup()) {
      throw new JpushFault(JpushError.AUTHENTICATION, "This call takes the key of a group.");
    }
    Fields body = PushCalls.body(call);
    Fields options = body.object("options");
    if (options.number("override_msg_id", 0, Long.MAX_VALUE).orElse(0L) != 0) {
      throw options.fault("override_msg_id", Kind.MALFORMED, "is not for group pushes");
    }
    return body;
  }

  private Reply answer(Caller caller, Order order) {
    TaskId task = pushes.submit(order);
    ObjectNode group = Json.object().put("group_msgid", task.toString());
    return Reply.json(
        200, Json.write(group.set(caller.key().id(), PushCalls.result(order, task.toString()))));
  }
}
