// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.jpush;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.dialect.jpush.Access.Caller;
import dev.boomerang.dialect.jpush.PushSender.Entry;
import dev.boomerang.engine.accept.SubmitResult;
import dev.boomerang.model.registration.Segment;
import dev.boomerang.web.field.Fields;
import dev.boomerang.web.field.Json;
import dev.boomerang.web.http.Call;
import dev.boomerang.web.http.Reply;
import dev.boomerang.web.text.InvalidFieldException;
import dev.boomerang.web.text.InvalidFieldException.Kind;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

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
    return batch(
        caller, call, (_, target) -> new Segment.RegistrationIs(Targets.registration(target)));
  }

  Reply aliases(Caller caller, Call call) {
    return batch(
        caller,
        call,
        (push, target) -> {
          Targets.check(push, "target", target);
          return new Segment.HasAlias(target);
        });
  }

  private Reply batch(Caller caller, Call call, Target by) {
    Fields body = PushCalls.body(call);
    ObjectNode list =
        body.node("pushlist")
            .filter(ObjectNode.class::isInstance)
            .map(ObjectNode.class::cast)
            .orElseThrow(() -> body.invalid("pushlist", Kind.MISSING, "must be an object"));
    if (list.isEmpty() || list.size() > MOST) {
      throw body.invalid("pushlist", Kind.OUT_OF_RANGE, "must have 1 to " + MOST + " pushes");
    }
    List<Read> read =
        list.properties().stream()
            .map(each -> read(caller, each.getKey(), each.getValue(), by))
            .toList();
    Iterator<SubmitResult> outcomes =
        sender.submitEach(read.stream().flatMap(each -> each.order().stream()).toList()).iterator();
    ObjectNode answers = Json.object();
    Iterator<Read> each = read.iterator();
    list.fieldNames().forEachRemaining(cid -> answers.set(cid, answer(each.next(), outcomes)));
    return Reply.json(200, Json.write(answers));
  }

  /// A push of the list as it was read; one fault does not stop the others.
  private sealed interface Read {
    /// What is to be handed in together with the others.
    default Optional<Order> order() {
      return Optional.empty();
    }

    record Answered(ObjectNode answer) implements Read {}

    record Ready(Order first) implements Read {
      @Override
      public Optional<Order> order() {
        return Optional.of(first);
      }
    }
  }

  private Read read(Caller caller, String cid, JsonNode push, Target by) {
    try {
      if (!(push instanceof ObjectNode object)) {
        throw new InvalidFieldException("pushlist." + cid, Kind.MALFORMED, "must be an object");
      }
      Fields fields = Fields.of(object.put("cid", cid));
      return switch (sender.read(caller, fields, () -> read(caller, fields, by))) {
        case Entry.Again(var result) -> new Read.Answered(answer(result));
        case Entry.First(var order) ->
            order.push().options().sendRate().isPresent()
                ? new Read.Answered(answer(sender.submit(order)))
                : new Read.Ready(order);
      };
    } catch (JpushFault fault) {
      return new Read.Answered(fault.json());
    } catch (InvalidFieldException fault) {
      return new Read.Answered(Family.PUSH.fault(fault).json());
    }
  }

  private Order read(Caller caller, Fields push, Target by) {
    Segment target = by.named(push, push.requiredText("target", 64));
    return orders.read(caller.app(), push, target);
  }

  private ObjectNode answer(Read read, Iterator<SubmitResult> outcomes) {
    return switch (read) {
      case Read.Answered(var answer) -> answer;
      case Read.Ready(var order) -> {
        try {
          yield answer(sender.result(order, outcomes.next()));
        } catch (JpushFault fault) {
          yield fault.json();
        }
      }
    };
  }

  private static ObjectNode answer(PushResult result) {
    return Json.object().put("msg_id", result.messageId());
  }
}
