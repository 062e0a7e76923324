// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui.wire;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.dialect.getui.Caller;
import dev.boomerang.dialect.getui.wire.proto.GetuiV1.SingleBatchItem;
import dev.boomerang.model.RequestKey;
import dev.boomerang.web.FieldFault;
import dev.boomerang.web.FieldFault.Kind;
import dev.boomerang.web.Fields;
import dev.boomerang.web.Json;
import java.util.List;
import java.util.Optional;

/// Many pushes to one cid or alias each, in one request. Each is answered for by itself, under its
/// own number. The same batch again gets its first answers.
///
/// Source: Getui "V1 server SDK", batch of toSingle.
final class BatchCalls {
  private static final String ACTION = "pushMessageToSingleAction";
  private static final int MAX_ITEMS = 5_000;
  private static final int MAX_ALIASES = 100;
  private static final int MAX_REQUEST = 100;

  private final PushCalls pushes;

  BatchCalls(PushCalls pushes) {
    this.pushes = pushes;
  }

  /// `fields` is empty if the data cannot be read; `problem` is why.
  private record Item(int number, Optional<Fields> fields, String problem) {
    static Item of(SingleBatchItem item) {
      try {
        Optional<Fields> fields =
            Json.read(item.getData())
                .filter(ObjectNode.class::isInstance)
                .map(node -> Fields.of((ObjectNode) node));
        return new Item(item.getSeqId(), fields, "data must be JSON");
      } catch (FieldFault fault) {
        return new Item(item.getSeqId(), Optional.empty(), fault.sentence());
      }
    }

    boolean isForAlias() {
      return fields.flatMap(it -> Lenient.name(it, "clientId")).isEmpty();
    }
  }

  ObjectNode push(Caller caller, Fields fields) {
    List<Item> items = ClientData.batch(fields).getBatchItemList().stream().map(Item::of).toList();
    if (items.isEmpty()) {
      throw new ResultFault(Result.NO_TARGETS);
    }
    if (items.size() > MAX_ITEMS || items.stream().filter(Item::isForAlias).count() > MAX_ALIASES) {
      throw fields.fault(
          "singleDatas",
          Kind.OUT_OF_RANGE,
          "must have at most 5000 pushes, 100 of them to aliases");
    }
    Optional<String> request =
        fields.text("requestId", MAX_REQUEST).filter(text -> !text.isBlank());
    ObjectNode answer = Answers.ok();
    ObjectNode info = answer.putObject("info");
    for (Item item : items) {
      info.set(Integer.toString(item.number()), one(caller, item, request));
    }
    return answer;
  }

  private ObjectNode one(Caller caller, Item item, Optional<String> request) {
    if (item.fields().isEmpty()) {
      return Answers.failed(ACTION, new Failure(Result.MALFORMED.code(), item.problem()));
    }
    Fields fields = item.fields().get();
    ObjectNode answer =
        new Faults(ACTION).part(() -> pushes.single(caller, fields, key(item, fields, request)));
    for (String name : new String[] {"cid", "alias"}) {
      Lenient.name(fields, name.equals("cid") ? "clientId" : name)
          .ifPresent(value -> answer.put(name, value));
    }
    return answer;
  }

  /// An item's own, else its number in the batch.
  private static Optional<RequestKey> key(Item item, Fields fields, Optional<String> request) {
    return PushCalls.requestKey("getui-single", fields)
        .or(() -> request.map(id -> new RequestKey("getui-batch", id + "/" + item.number())));
  }
}
