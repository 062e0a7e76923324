// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.jpush;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.dialect.jpush.Access.Caller;
import dev.boomerang.engine.Submission;
import dev.boomerang.model.Segment;
import dev.boomerang.model.TaskId;
import dev.boomerang.web.Call;
import dev.boomerang.web.FieldFault;
import dev.boomerang.web.FieldFault.Kind;
import dev.boomerang.web.Fields;
import dev.boomerang.web.Json;
import dev.boomerang.web.Reply;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/// Many pushes in one call and one group of writes, each to one target of its own.
///
/// Source: JPush "Push API v3", batch single push.
final class BatchCalls {
  private static final int MOST = 1_000;

  private final PushCalls pushes;

  BatchCalls(PushCalls pushes) {
    this.pushes = pushes;
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
    Map<String, Read> read = new LinkedHashMap<>();
    list.properties()
        .forEach(each -> read.put(each.getKey(), read(caller, each.getKey(), each.getValue(), by)));
    Iterator<Submission> outcomes =
        pushes
            .submitEach(
                read.values().stream()
                    .filter(Read.Good.class::isInstance)
                    .map(each -> ((Read.Good) each).order())
                    .toList())
            .iterator();
    ObjectNode answers = Json.object();
    read.forEach((cid, each) -> answers.set(cid, answer(each, outcomes)));
    return Reply.json(200, Json.write(answers));
  }

  /// One of the pushes, or the answer that it has already.
  private sealed interface Read {
    record Good(Order order) implements Read {}

    record Answered(ObjectNode answer) implements Read {}
  }

  /// One fault does not stop the others. A paced push goes by itself: how many there are is
  /// limited.
  private Read read(Caller caller, String cid, JsonNode push, Target by) {
    try {
      if (!(push instanceof ObjectNode object)) {
        throw new FieldFault("pushlist." + cid, Kind.MALFORMED, "must be an object");
      }
      Fields fields = Fields.of(object.put("cid", cid));
      Segment target = by.named(fields, fields.requiredText("target", 64));
      Order order = pushes.read(caller, fields, target);
      return order.push().options().pace().isPresent()
          ? new Read.Answered(sent(pushes.submit(order)))
          : new Read.Good(order);
    } catch (JpushFault fault) {
      return new Read.Answered(fault.json());
    } catch (FieldFault fault) {
      return new Read.Answered(Family.PUSH.fault(fault).json());
    }
  }

  private ObjectNode answer(Read read, Iterator<Submission> outcomes) {
    return switch (read) {
      case Read.Answered(var answer) -> answer;
      case Read.Good(var order) -> {
        try {
          yield sent(pushes.accepted(order, outcomes.next()));
        } catch (JpushFault fault) {
          yield fault.json();
        }
      }
    };
  }

  private static ObjectNode sent(TaskId task) {
    return Json.object().put("msg_id", task.toString());
  }
}
