// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.jpush;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.dialect.jpush.Access.Caller;
import dev.boomerang.model.Segment;
import dev.boomerang.web.Call;
import dev.boomerang.web.FieldFault;
import dev.boomerang.web.FieldFault.Kind;
import dev.boomerang.web.Fields;
import dev.boomerang.web.Json;
import dev.boomerang.web.Reply;
import java.util.Map;

/// Many pushes in one call, each to one target of its own.
///
/// Source: JPush "Push API v3", batch single push.
final class BatchCalls {
  private static final int MOST = 1_000;

  private final Orders orders;
  private final PushSender sender;

  BatchCalls(Orders orders, PushSender sender) {
    this.orders = orders;
    this.sender = sender;
  }

  private interface Target {
    Segment named(Fields push, String target);
  }

  Reply registrations(Caller caller, Call call) {
    return batch(caller, call, (_, target) -> new Segment.Registered(Targets.registration(target)));
  }

  Reply aliases(Caller caller, Call call) {
    return batch(
        caller,
        call,
        (push, target) -> {
          Targets.check(push, "target", target);
          return new Segment.Aliased(target);
        });
  }

  private Reply batch(Caller caller, Call call, Target by) {
    Fields body = PushCalls.body(call);
    ObjectNode list =
        body.node("pushlist")
            .filter(ObjectNode.class::isInstance)
            .map(ObjectNode.class::cast)
            .orElseThrow(() -> body.fault("pushlist", Kind.MISSING, "must be an object"));
    if (list.isEmpty() || list.size() > MOST) {
      throw body.fault("pushlist", Kind.OUT_OF_RANGE, "must have 1 to " + MOST + " pushes");
    }
    ObjectNode answers = Json.object();
    for (Map.Entry<String, JsonNode> each : list.properties()) {
      answers.set(each.getKey(), one(caller, each.getKey(), each.getValue(), by));
    }
    return Reply.json(200, Json.write(answers));
  }

  /// One fault does not stop the others.
  private ObjectNode one(Caller caller, String cid, JsonNode push, Target by) {
    try {
      if (!(push instanceof ObjectNode object)) {
        throw new FieldFault("pushlist." + cid, Kind.MALFORMED, "must be an object");
      }
      Fields fields = Fields.of(object.put("cid", cid));
      PushResult result = sender.send(caller, fields, () -> read(caller, fields, by));
      return Json.object().put("msg_id", result.messageId());
    } catch (JpushFault fault) {
      return fault.json();
    } catch (FieldFault fault) {
      return Family.PUSH.fault(fault).json();
    }
  }

  private Order read(Caller caller, Fields push, Target by) {
    Segment target = by.named(push, push.requiredText("target", 64));
    return orders.read(caller.app(), push, target);
  }
}
