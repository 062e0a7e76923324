// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.web.field;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.model.text.WellFormedText;
import dev.boomerang.web.http.Body;
import dev.boomerang.web.limit.CallMemory;
import dev.boomerang.web.text.TextCheck;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/// Reads and writes JSON for every dialect. What is written is raw UTF-8: Aliyun's Java client does
/// not decode escaped code points.
public final class Json {
  private static final int MAX_DEPTH = 32;

  /// Ten times what the largest good request has.
  private static final long MAX_TOKENS = 1_000_000;

  /// Its buffers are shared: each virtual thread would otherwise make its own for one use.
  private static final ObjectMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .recyclerPool(JsonRecyclerPools.sharedConcurrentDequePool())
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(MAX_DEPTH)
                          .maxTokenCount(MAX_TOKENS)
                          .build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  private Json() {}

  public static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  public static ArrayNode array() {
    return JsonNodeFactory.instance.arrayNode();
  }

  public static String write(JsonNode node) {
    try {
      return MAPPER.writeValueAsString(node);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a JSON tree can always be written", e);
    }
  }

  /// Returns the text's JSON value; empty if it is not one value and nothing else. What its tree
  /// takes is charged to the call before it is built. Throws
  /// [InvalidFieldException][dev.boomerang.web.text.InvalidFieldException] if a text in it, or a
  /// member's name, is none.
  public static Optional<JsonNode> read(String text) {
    CallMemory.charge(JsonCost.of(text));
    try {
      Optional<JsonNode> tree =
          Optional.ofNullable(MAPPER.readTree(text)).filter(node -> !node.isMissingNode());
      tree.filter(_ -> text.contains("\\u") || !WellFormedText.is(text))
          .ifPresent(TextCheck::check);
      return tree;
    } catch (JsonProcessingException _) {
      return Optional.empty();
    }
  }

  /// Returns the JSON in a text that [#write] made; another is a fault of ours.
  public static JsonNode parse(String written) {
    return read(written)
        .orElseThrow(() -> new IllegalStateException("no JSON was kept: " + written));
  }

  /// Returns a parser that reads from a stream, a token at a time.
  static JsonParser parser(InputStream utf8) throws IOException {
    return MAPPER.getFactory().createParser(utf8);
  }

  /// Reads UTF-8 as [#read(String)] reads a text.
  public static Optional<JsonNode> read(Body body) {
    if (!WellFormedText.isUtf8(body.bytes())) {
      return read(body.text());
    }
    CallMemory.charge(JsonCost.of(body.bytes()));
    try {
      Optional<JsonNode> tree =
          Optional.ofNullable(MAPPER.readTree(body.bytes())).filter(node -> !node.isMissingNode());
      tree.filter(_ -> mayHide(body.bytes())).ifPresent(TextCheck::check);
      return tree;
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  /// Returns whether UTF-8 may become something that is no text when it is read: by an escape, or
  /// because it is taken for UTF-16, which has zeros.
  private static boolean mayHide(byte[] bytes) {
    for (int at = 0; at < bytes.length; at++) {
      if (bytes[at] == 0 || (bytes[at] == '\\' && at + 1 < bytes.length && bytes[at + 1] == 'u')) {
        return true;
      }
    }
    return false;
  }
}
