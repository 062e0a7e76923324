// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.jpush.push;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.dialect.jpush.base.Authenticator.Caller;
import dev.boomerang.dialect.jpush.base.ErrorFamily;
import dev.boomerang.dialect.jpush.base.FieldFormats;
import dev.boomerang.dialect.jpush.base.JpushException;
import dev.boomerang.dialect.jpush.push.PushSender.ReadResult;
import dev.boomerang.dialect.jpush.request.AudienceReader;
import dev.boomerang.dialect.jpush.request.PushRequest;
import dev.boomerang.dialect.jpush.request.PushRequestReader;
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
public final class BatchCalls {
  private static final int MOST = 1_000;

  private final PushRequestReader pushRequestReader;
  private final PushSender sender;

  public BatchCalls(PushRequestReader pushRequestReader, PushSender sender) {
    this.pushRequestReader = pushRequestReader;
    this.sender = sender;
  }

  private interface TargetReader {
    Segment read(Fields push, String target);
  }

  public Reply registrations(Caller caller, Call call) {
    return batch(
        caller,
        call,
        (_, target) -> new Segment.RegistrationIs(AudienceReader.registration(target)));
  }

  public Reply aliases(Caller caller, Call call) {
    return batch(
        caller,
        call,
        (push, target) -> {
          FieldFormats.checkName(push, "target", target);
          return new Segment.HasAlias(target);
        });
  }

  private Reply batch(Caller caller, Call call, TargetReader by) {
    Fields body = PushCalls.body(call);
    ObjectNode list =
        body.node("pushlist")
            .filter(ObjectNode.class::isInstance)
            .map(ObjectNode.class::cast)
            .orElseThrow(() -> body.invalid("pushlist", Kind.MISSING, "must be an object"));
    if (list.isEmpty() || list.size() > MOST) {
      throw body.invalid("pushlist", Kind.OUT_OF_RANGE, "must have 1 to " + MOST + " pushes");
    }
    List<ReadEntry> readEntry =
        list.properties().stream()
            .map(each -> read(caller, each.getKey(), each.getValue(), by))
            .toList();
    Iterator<SubmitResult> outcomes =
        sender
            .submitEach(readEntry.stream().flatMap(each -> each.pushRequest().stream()).toList())
            .iterator();
    ObjectNode answers = Json.object();
    Iterator<ReadEntry> each = readEntry.iterator();
    list.fieldNames().forEachRemaining(cid -> answers.set(cid, answer(each.next(), outcomes)));
    return Reply.json(200, Json.write(answers));
  }

  /// A push of the list as it was read; one fault does not stop the others.
  private sealed interface ReadEntry {
    /// Returns the request to hand in together with the others.
    default Optional<PushRequest> pushRequest() {
      return Optional.empty();
    }

    record Answered(ObjectNode answer) implements ReadEntry {}

    record Ready(PushRequest first) implements ReadEntry {
      @Override
      public Optional<PushRequest> pushRequest() {
        return Optional.of(first);
      }
    }
  }

  private ReadEntry read(Caller caller, String cid, JsonNode push, TargetReader by) {
    try {
      if (!(push instanceof ObjectNode object)) {
        throw new InvalidFieldException("pushlist." + cid, Kind.MALFORMED, "must be an object");
      }
      Fields fields = Fields.of(object.put("cid", cid));
      return switch (sender.readOnce(caller, fields, () -> read(caller, fields, by))) {
        case ReadResult.Again(var result) -> new ReadEntry.Answered(answer(result));
        case ReadResult.First(var pushRequest) ->
            pushRequest.push().options().sendRate().isPresent()
                ? new ReadEntry.Answered(answer(sender.submit(pushRequest)))
                : new ReadEntry.Ready(pushRequest);
      };
    } catch (JpushException fault) {
      return new ReadEntry.Answered(fault.json());
    } catch (InvalidFieldException fault) {
      return new ReadEntry.Answered(ErrorFamily.PUSH.toFault(fault).json());
    }
  }

  private PushRequest read(Caller caller, Fields push, TargetReader by) {
    Segment target = by.read(push, push.requiredText("target", 64));
    return pushRequestReader.read(caller.app(), push, target);
  }

  private ObjectNode answer(ReadEntry readEntry, Iterator<SubmitResult> outcomes) {
    return switch (readEntry) {
      case ReadEntry.Answered(var answer) -> answer;
      case ReadEntry.Ready(var pushRequest) -> {
        try {
          yield answer(sender.result(pushRequest, outcomes.next()));
        } catch (JpushException fault) {
          yield fault.json();
        }
      }
    };
  }

  private static ObjectNode answer(PushResult result) {
    return Json.object().put("msg_id", result.messageId());
  }
}
