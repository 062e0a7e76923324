// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.dialect.getui.access.Caller;
import dev.boomerang.dialect.getui.push.SinglePushes.Outcome;
import dev.boomerang.dialect.getui.push.SinglePushes.SinglePush;
import dev.boomerang.dialect.getui.wire.proto.GetuiV1.SingleBatchItem;
import dev.boomerang.model.push.RequestKey;
import dev.boomerang.model.text.Characters;
import dev.boomerang.web.field.Fields;
import dev.boomerang.web.field.Json;
import dev.boomerang.web.text.InvalidFieldException;
import dev.boomerang.web.text.InvalidFieldException.Kind;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/// Serves batches: many pushes, each to one cid or alias, in one request and one group of writes.
/// Each is answered under its own number. The same batch again gets its first answers.
///
/// Source: Getui "V1 server SDK", batch of toSingle.
final class BatchCalls {
  private static final WireErrorHandler ERROR_HANDLER =
      new WireErrorHandler("pushMessageToSingleAction");

  /// Limits a batch. [#MAX_ALIASES] limits those of its items that have no cid.
  private static final int MAX_ITEMS = 5_000;

  private static final int MAX_ALIASES = 100;
  private static final int MAX_REQUEST = 100;

  private final PushCalls pushes;

  BatchCalls(PushCalls pushes) {
    this.pushes = pushes;
  }

  /// Is one push of a batch. `fields` is empty if the data cannot be read; `error` is why.
  private record Item(int number, Optional<Fields> fields, String error) {
    /// Returns an item in any case: data that cannot be read is an error of this item alone, and
    /// the batch goes on without it.
    static Item of(SingleBatchItem item) {
      try {
        Optional<Fields> fields =
            Json.read(item.getData())
                .filter(ObjectNode.class::isInstance)
                .map(node -> Fields.of((ObjectNode) node));
        return new Item(item.getSeqId(), fields, "data must be JSON");
      } catch (InvalidFieldException fault) {
        return new Item(item.getSeqId(), Optional.empty(), fault.description());
      }
    }

    /// Returns whether the item counts as a push to an alias: it does without a readable cid.
    boolean isForAlias() {
      return fields.isPresent() && text("clientId").isEmpty();
    }

    /// Returns a text unchanged, if it is one; its reader says what is wrong with it.
    Optional<String> text(String name) {
      return fields
          .flatMap(it -> it.node(name))
          .filter(JsonNode::isValueNode)
          .map(JsonNode::asText)
          .filter(text -> !text.isBlank() && !Characters.exceed(text, LenientFields.MAX_NAME));
    }
  }

  /// Sends a batch and answers under `info` what became of each push, by its `seqId`. Only a batch
  /// that cannot be read, is empty or is too large is refused as a whole.
  ObjectNode push(Caller caller, Fields fields) {
    List<Item> items =
        ClientDataReader.batch(fields).getBatchItemList().stream().map(Item::of).toList();
    if (items.isEmpty()) {
      throw new WireResultException(WireResult.NO_TARGETS);
    }
    if (items.size() > MAX_ITEMS || items.stream().filter(Item::isForAlias).count() > MAX_ALIASES) {
      throw fields.invalid(
          "singleDatas",
          Kind.OUT_OF_RANGE,
          "must have at most 5000 pushes, 100 of them to aliases");
    }
    // Each push is answered under its number, and the number is in its request key.
    if (items.stream().map(Item::number).distinct().count() < items.size()) {
      throw fields.invalid("singleDatas", Kind.MALFORMED, "must not have a seqId twice");
    }
    Optional<String> request =
        fields.text("requestId", MAX_REQUEST).filter(text -> !text.isBlank());
    List<ParsedItem> parsed = items.stream().map(item -> read(caller, item, request)).toList();
    // Only valid items are sent, so the loop below takes an outcome for each of these and no other.
    Iterator<Outcome> outcomes =
        pushes
            .sendEach(
                caller,
                parsed.stream()
                    .filter(ParsedItem.Valid.class::isInstance)
                    .map(each -> ((ParsedItem.Valid) each).single())
                    .toList())
            .iterator();
    ObjectNode answer = WireReplies.ok();
    ObjectNode info = answer.putObject("info");
    for (int i = 0; i < items.size(); i++) {
      Item item = items.get(i);
      ObjectNode itemAnswer =
          switch (parsed.get(i)) {
            case ParsedItem.Valid(var itemFields, var _) -> {
              Outcome outcome = outcomes.next();
              yield ERROR_HANDLER.handlePart(() -> pushes.answer(itemFields, outcome.result()));
            }
            case ParsedItem.Invalid(var fault) -> fault;
          };
      info.set(Integer.toString(item.number()), withTarget(item, itemAnswer));
    }
    return answer;
  }

  /// Is an item read as a push, or the answer to its error.
  private sealed interface ParsedItem {
    record Valid(Fields fields, SinglePush single) implements ParsedItem {}

    record Invalid(ObjectNode answer) implements ParsedItem {}
  }

  /// Reads one item. An error that has a result becomes that item's answer; any other error ends
  /// the batch before anything is sent.
  private ParsedItem read(Caller caller, Item item, Optional<String> request) {
    try {
      Fields fields =
          item.fields()
              .orElseThrow(() -> new WireResultException(WireResult.MALFORMED, item.error()));
      return new ParsedItem.Valid(
          fields, pushes.read(caller, fields, requestKey(item, fields, request)));
    } catch (RuntimeException fault) {
      return new ParsedItem.Invalid(ERROR_HANDLER.refused(fault).orElseThrow(() -> fault));
    }
  }

  /// Adds the names by which the caller finds the recipient of this answer again.
  private static ObjectNode withTarget(Item item, ObjectNode answer) {
    item.text("clientId").ifPresent(cid -> answer.put("cid", cid));
    item.text("alias").ifPresent(alias -> answer.put("alias", alias));
    return answer;
  }

  /// Returns the item's own key, else one of its number in the batch.
  private static Optional<RequestKey> requestKey(
      Item item, Fields fields, Optional<String> request) {
    return PushCalls.requestKey("getui-single", fields)
        .or(() -> request.map(id -> new RequestKey("getui-batch", id + "/" + item.number())));
  }
}
