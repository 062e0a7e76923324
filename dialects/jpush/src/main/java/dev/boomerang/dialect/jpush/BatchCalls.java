// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.jpush;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.dialect.jpush.JpushDialect.Caller;
import dev.boomerang.model.Segment;
import dev.boomerang.web.Call;
import dev.boomerang.web.FieldFault;
import dev.boomerang.web.FieldFault.Kind;
import dev.boomerang.web.Fields;
import dev.boomerang.web.Json;
import dev.boomerang.web.Reply;
import java.util.Map;
import java.util.Optional;

/// Several pushes in one call: each of a batch to one target, and group pushes.
///
/// Source: JPush "Push API v3", batch single push and group push.
final class BatchCalls {
  private static final int MOST = 1_000;
  private static final String GROUP = "group-";

  private final Orders orders;
  private final PushCalls pushes;

  BatchCalls(Orders orders, PushCalls pushes) {
    this.orders = orders;
    this.pushes = pushes;
  }

  private interface Target {
    Segment named(Fields push, String target);
  }

  Reply registrations(Caller caller, Call call) {
    return batch(
        caller,
        call,
        (_, target) -> new Segment.Registered(Targets.registration(target)));
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
    Fields body = Orders.body(call.body().bytes());
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
  private JsonNode one(Caller caller, String cid, JsonNode push, Target by) {
    try {
      if (!(push instanceof ObjectNode object)) {
        throw new FieldFault("pushlist." + cid, Kind.MALFORMED, "must be an object");
      }
      object.put("cid", cid);
      Fields fields = Fields.of(object);
      String target = fields.requiredText("target", 64);
      Reply reply = pushes.send(orders.read(caller.app(), fields, by.named(fields, target)));
      ObjectNode answer = read(reply);
      answer.remove("sendno");
      return answer;
    } catch (JpushFault fault) {
      return read(fault.error().reply(fault.text()));
    } catch (FieldFault fault) {
      JpushError error = fault.kind() == Kind.MISSING ? JpushError.MISSING : JpushError.INVALID;
      return read(error.reply(fault.sentence()));
    }
  }

  private static ObjectNode read(Reply reply) {
    return Json.read(reply.body())
        .filter(ObjectNode.class::isInstance)
        .map(ObjectNode.class::cast)
        .orElseThrow();
  }

  /// A group is the app its key belongs to. Overriding is not for groups.
  Reply group(Caller caller, Call call) {
    if (!caller.key().startsWith(GROUP)) {
      throw new JpushFault(JpushError.AUTHENTICATION, "This call takes the key of a group.");
    }
    Fields body = Orders.body(call.body().bytes());
    if (body.object("options").number("override_msg_id", 0, Long.MAX_VALUE).orElse(0L) != 0) {
      throw body.object("options")
          .fault("override_msg_id", Kind.MALFORMED, "is not for group pushes");
    }
    Reply reply = pushes.send(orders.read(caller.app(), body));
    ObjectNode answer = read(reply);
    Optional<String> id = Optional.ofNullable(answer.path("msg_id").textValue());
    if (id.isEmpty()) {
      return reply;
    }
    ObjectNode group = Json.object().put("group_msgid", id.get());
    return Reply.json(
        200, Json.write(group.set(caller.key().substring(GROUP.length()), answer)));
  }
}
