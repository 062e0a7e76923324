// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.mpaas.content;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PythonDictTest {

  private static Map<String, String> read(String text) {
    return PythonDict.read(text).orElseThrow();
  }

  @Test
  void textOfPython3_isRead() {
    assertThat(read("{'name': '张三', 'money': '200'}"))
        .isEqualTo(Map.of("name", "张三", "money", "200"));
  }

  @Test
  void textOfPython2_isRead() {
    assertThat(read("{'money': '200', 'name': '\\xe5\\xbc\\xa0\\xe4\\xb8\\x89'}"))
        .isEqualTo(Map.of("name", "张三", "money", "200"));
    assertThat(read("{u'name': u'\\u5f20\\u4e09'}")).isEqualTo(Map.of("name", "张三"));
  }

  @Test
  void quotesAndEscapes_areThoseOfPython() {
    assertThat(
            read(
                "{'a': \"it's\", 'b': 'say \"x\"', 'c': 'it\\'s \\\\ \\n\\t\\r', 'd':"
                    + " 'x\\xa0y\\U0001f600'}"))
        .isEqualTo(Map.of("a", "it's", "b", "say \"x\"", "c", "it's \\ \n\t\r", "d", "x\u00a0y😀"));
  }

  @Test
  void numbersAndBooleans_areTakenAsWritten() {
    assertThat(read("{'i': 200, 'f': -1.5, 'e': 1e+16, 't': True, 'f2': False}"))
        .isEqualTo(Map.of("i", "200", "f", "-1.5", "e", "1e+16", "t", "True", "f2", "False"));
  }

  @Test
  void emptyDict_isEmpty() {
    assertThat(read("{}")).isEmpty();
    assertThat(read(" { } ")).isEmpty();
    assertThat(read("{'a': ''}")).isEqualTo(Map.of("a", ""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "}",
        "name",
        "['a']",
        "{'a'}",
        "{'a': }",
        "{'a': 'b'",
        "{'a': 'b',}",
        "{,}",
        "{'a': 'b'} x",
        "{'a': 'b'; 'c': 'd'}",
        "{'a': 'b' 'c': 'd'}",
        "{'a': 'b",
        "{'a': 'b\\",
        "{'a': '\\q'}",
        "{'a': '\\x'}",
        "{'a': '\\xg0'}",
        "{'a': '\\x00'}",
        "{'a': '\\u12'}",
        "{'a': '\\Uffffffff'}",
        "{'a': None}",
        "{'a': ['b']}",
        "{'a': {'b': 'c'}}",
        "{'a': __import__('os')}",
        "{'a': 0x10}",
        "{1: 'a'}",
        "{a: 'b'}",
        "{'a': u}",
        "{'a': 1-2}",
        "{'a': '\0'}",
      })
  void anythingElse_isNot(String text) {
    assertThat(PythonDict.read(text)).isEmpty();
  }

  @Test
  void longText_needsNoStack() {
    String text = "{'a': '" + "x\\n".repeat(100_000) + "'}";

    assertThat(read(text).get("a")).hasSize(200_000);
  }
}
