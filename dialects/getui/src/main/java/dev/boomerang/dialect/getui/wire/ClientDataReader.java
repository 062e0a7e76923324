// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui.wire;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import dev.boomerang.dialect.getui.wire.proto.GetuiV1.SingleBatchRequest;
import dev.boomerang.dialect.getui.wire.proto.GetuiV1.Transparent;
import dev.boomerang.web.field.Fields;
import dev.boomerang.web.text.InvalidFieldException.Kind;
import dev.boomerang.web.text.TextCheck;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/// Reads the protobuf that a JSON text carries in base64.
final class ClientDataReader {
  static final String NAME = "clientData";

  private static final String BATCH = "singleDatas";

  /// Limits a message to five times the size of the longest that is valid.
  private static final int MAX_MESSAGE = 64 * 1024;

  private static final Pattern SPACE = Pattern.compile("\\s+");

  private ClientDataReader() {}

  /// Returns the message of `clientData`; refuses what is not base64, not protobuf, or has a text
  /// that is not valid.
  static Transparent message(Fields fields) {
    byte[] bytes = bytes(fields, NAME, MAX_MESSAGE);
    try {
      return checked(NAME, Transparent.parseFrom(bytes));
    } catch (InvalidProtocolBufferException _) {
      throw fields.invalid(NAME, Kind.MALFORMED, "must be a message in protobuf");
    }
  }

  /// Returns the batch of `singleDatas`, which may be as long as a whole body. Its items are JSON
  /// and are checked when they are read.
  static SingleBatchRequest batch(Fields fields) {
    byte[] bytes = bytes(fields, BATCH, Gzip.MAX_BYTES);
    try {
      return SingleBatchRequest.parseFrom(bytes);
    } catch (InvalidProtocolBufferException _) {
      throw fields.invalid(BATCH, Kind.MALFORMED, "must be a batch in protobuf");
    }
  }

  /// Returns base64 without its white space: old encoders break their lines.
  static String withoutWhitespace(String text) {
    return text.chars().anyMatch(Character::isWhitespace)
        ? SPACE.matcher(text).replaceAll("")
        : text;
  }

  /// Returns the message, or refuses it if a text in it is not valid. The parser has already
  /// refused bytes that are not UTF-8, as the schema asks it to.
  private static <M extends Message> M checked(String path, M message) {
    message
        .getAllFields()
        .forEach((field, value) -> check(path + "." + field.getJsonName(), value));
    return message;
  }

  /// Checks every text in a value, however deep it lies. `path` names it in the error.
  private static void check(String path, Object value) {
    switch (value) {
      case String text -> TextCheck.check(path, text);
      case Message inner -> checked(path, inner);
      case List<?> values -> values.forEach(each -> check(path, each));
      case Object _ -> {}
    }
  }

  /// Decodes a field; `limit` is in characters of base64, before decoding.
  private static byte[] bytes(Fields fields, String name, int limit) {
    String text = fields.requiredText(name, limit);
    try {
      return Base64.getDecoder().decode(withoutWhitespace(text));
    } catch (IllegalArgumentException _) {
      throw fields.invalid(name, Kind.MALFORMED, "must be base64");
    }
  }
}
