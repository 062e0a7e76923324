// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.device.internal.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class JsonTest {
  @Test
  void members_readAsWhatTheyAre_orAsEmpty() throws IOException {
    Json json =
        Json.read(
            """
            {"text": "\\u00e9", "number": 9007199254740993, "big": 123456789012345678901234567890,
             "list": ["a", 1], "object": {"k": "v", "n": null, "deep": {"x": [1, 2.5, true]}},
             "nothing": null, "yes": true}
            """);

    assertThat(json.text("text")).isEqualTo("\u00e9");
    assertThat(json.number("number")).isEqualTo(9007199254740993L);
    assertThat(json.text("big")).isEqualTo("123456789012345678901234567890");
    assertThat(json.list("list")).containsExactly("a", "1");
    assertThat(json.texts("object"))
        .containsEntry("k", "v")
        .containsEntry("deep", "{\"x\":[1,2.5,true]}")
        .doesNotContainKey("n");
    assertThat(json.flag("yes")).isTrue();
    assertThat(json.has("nothing")).isFalse();
    assertThat(json.text("object")).isEmpty();
    assertThat(json.object("text")).isEmpty();
    assertThat(json.list("text")).isEmpty();
    assertThat(json.time("nothing")).isEmpty();
    assertThat(Json.read(json.write()).write()).isEqualTo(json.write());
  }

  @Test
  void whatIsNoObject_isRefused() {
    for (String text : new String[] {"", "[]", "1", "{", "{\"a\":}", "{} {}", "null"}) {
      assertThatThrownBy(() -> Json.read(text)).isInstanceOf(IOException.class);
    }
  }
}
