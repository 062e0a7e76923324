// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import dev.boomerang.dialect.getui.wire.proto.GetuiV1.SingleBatchItem;
import dev.boomerang.web.field.Fields;
import dev.boomerang.web.field.Json;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Compares captured protobuf, field for field, with what the library's own decoder read.
class GoldenTest {

  record Golden(int number, ObjectNode body, JsonNode decoded) {
    @Override
    public String toString() {
      return Integer.toString(number);
    }
  }

  static Stream<Golden> messages() {
    return CapturesTest.captures().stream()
        .filter(capture -> capture.path("decoded_protobuf").has("clientData"))
        .map(
            capture ->
                new Golden(
                    capture.path("seq").asInt(),
                    (ObjectNode) capture.path("body"),
                    capture.path("decoded_protobuf").path("clientData")));
  }

  @ParameterizedTest
  @MethodSource("messages")
  void message_isDecoded(Golden golden) {
    assertThat(triples(ClientDataReader.message(Fields.of(golden.body()))))
        .isEqualTo(golden.decoded());
  }

  @Test
  void messages_areAllCaptured() {
    assertThat(messages().map(Golden::number)).containsExactly(2, 4, 5, 6, 7, 8, 9, 11, 13, 15, 36);
  }

  @Test
  void batch_isDecoded_withTheMessagesInIt() {
    JsonNode capture = CapturesTest.captures().get(9);
    List<SingleBatchItem> items =
        ClientDataReader.batch(Fields.of((ObjectNode) capture.path("body"))).getBatchItemList();
    JsonNode decoded = capture.path("decoded_protobuf").path("singleDatas");

    assertThat(items).hasSize(2);
    for (int i = 0; i < items.size(); i++) {
      JsonNode golden = decoded.get(i + 1).get(2);
      JsonNode data = golden.get(1).get(2);
      assertThat(items.get(i).getSeqId()).isEqualTo(golden.get(0).get(2).asInt());
      Fields item = Fields.of((ObjectNode) Json.read(items.get(i).getData()).orElseThrow());
      assertThat(item.node("clientId")).contains(data.path("clientId"));
      assertThat(triples(ClientDataReader.message(item))).isEqualTo(data.path("_clientData"));
    }
  }

  /// Returns `[number, name, value]` of each field, as the captures have them.
  private static ArrayNode triples(Message message) {
    ArrayNode all = Json.array();
    message
        .getAllFields()
        .forEach(
            (field, value) -> {
              if (field.isRepeated()) {
                ((List<?>) value).forEach(each -> all.add(triple(field, each)));
              } else {
                all.add(triple(field, value));
              }
            });
    assertThat(message.getUnknownFields().asMap()).isEmpty();
    return all;
  }

  private static ArrayNode triple(FieldDescriptor field, Object value) {
    ArrayNode triple = Json.array().add(field.getNumber()).add(field.getName());
    return switch (value) {
      case Message nested -> triple.add(triples(nested));
      case EnumValueDescriptor named -> triple.add(named.getNumber());
      case Boolean flag -> triple.add(flag ? 1 : 0);
      case Integer number -> triple.add(number);
      case Long number -> triple.add(number);
      case Object text -> triple.add(text.toString());
    };
  }
}
