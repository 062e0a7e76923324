// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FieldsTest {

  /// One character each, whatever it takes in UTF-16 or in bytes.
  @ParameterizedTest
  @ValueSource(strings = {"x", "é", "标", "😀", "𠮷"})
  void limitOfCharacters_countsCodePoints(String one) {
    Fields most = fields(one.repeat(40));
    assertThat(most.text("name", 40)).contains(one.repeat(40));
    assertThat(most.requiredText("name", 40)).isEqualTo(one.repeat(40));
    assertThat(most.texts("names", 1, 40)).isEqualTo(List.of(one.repeat(40)));

    Fields more = fields(one.repeat(41));
    assertThatThrownBy(() -> more.text("name", 40))
        .isInstanceOf(FieldFault.class)
        .hasMessageContaining("at most 40 characters");
    assertThatThrownBy(() -> more.texts("names", 1, 40))
        .isInstanceOf(FieldFault.class)
        .hasMessageContaining("at most 40 characters");
  }

  private static Fields fields(String text) {
    var object = Json.object().put("name", text);
    object.putArray("names").add(text);
    return Fields.of(object);
  }
}
