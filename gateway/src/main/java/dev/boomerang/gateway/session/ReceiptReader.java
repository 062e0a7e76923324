// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.gateway.session;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.boomerang.model.push.DeliveryId;
import dev.boomerang.model.push.Receipt;
import dev.boomerang.model.push.TaskId;
import dev.boomerang.model.text.WellFormedText;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Reads `{"receipts": [{"delivery", "event", "at"}]}`. Unknown members are ignored, wherever they
/// are.
public final class ReceiptReader {

  /// The most receipts in one packet.
  public static final int MAX_RECEIPTS = 500;

  /// Holds what a packet was read as. One bad receipt makes the whole packet invalid: nothing of it
  /// is stored.
  public sealed interface Result {
    record Receipts(List<Receipt> receipts) implements Result {}

    record Invalid(ReasonCode reasonCode) implements Result {}
  }

  private static final Result BAD = new Result.Invalid(ReasonCode.PAYLOAD);

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(32)
                  .maxStringLength(16 * 1024)
                  .build())
          .build();

  private ReceiptReader() {}

  public static Result read(byte[] json) {
    if (!WellFormedText.isUtf8(json)) {
      return BAD;
    }
    try (JsonParser parser = JSON.createParser(json)) {
      return packet(parser);
    } catch (IOException _) {
      return BAD;
    }
  }

  private static Result packet(JsonParser parser) throws IOException {
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      return BAD;
    }
    var receipts = new ArrayList<Receipt>();
    boolean found = false;
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      boolean wanted = parser.currentName().equals("receipts");
      JsonToken value = parser.nextToken();
      if (!wanted) {
        parser.skipChildren();
        continue;
      }
      found = true;
      if (value != JsonToken.START_ARRAY) {
        return BAD;
      }
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        if (receipts.size() == MAX_RECEIPTS) {
          return new Result.Invalid(ReasonCode.QUOTA);
        }
        if (!receipt(parser, receipts)) {
          return BAD;
        }
      }
    }
    boolean whole = parser.currentToken() == JsonToken.END_OBJECT && parser.nextToken() == null;
    return found && whole ? new Result.Receipts(receipts) : BAD;
  }

  /// Reads one receipt into `receipts`. False if the JSON there is not a receipt.
  private static boolean receipt(JsonParser parser, List<Receipt> receipts) throws IOException {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      return false;
    }
    String delivery = "";
    String event = "";
    String by = "";
    long at = -1;
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      JsonToken value = parser.nextToken();
      switch (name) {
        case "delivery" -> delivery = text(parser, value);
        case "event" -> event = text(parser, value);
        case "by" -> by = text(parser, value);
        case "at" -> at = value == JsonToken.VALUE_NUMBER_INT ? parser.getLongValue() : -1;
        default -> parser.skipChildren(); // a name outside is open, not one of ours
      }
    }
    var id = DeliveryId.parse(delivery);
    var what = Receipt.Event.parse(event);
    if (id.isEmpty() || what.isEmpty() || at < 0) {
      return false;
    }
    TaskId newer = TaskId.parse(by).orElse(TaskId.NONE);
    receipts.add(new Receipt(id.get(), what.get(), Instant.ofEpochMilli(at), newer));
    return true;
  }

  private static String text(JsonParser parser, JsonToken value) throws IOException {
    if (value == JsonToken.VALUE_STRING) {
      return parser.getText();
    }
    parser.skipChildren();
    return "";
  }
}
