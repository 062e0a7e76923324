// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.web.text;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.boomerang.web.PathPattern;
import dev.boomerang.web.field.Json;
import dev.boomerang.web.http.BasicAuth;
import dev.boomerang.web.http.Body;
import dev.boomerang.web.http.Call;
import dev.boomerang.web.http.Headers;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextCheckTest {
  private static void refused(Runnable reading, String field) {
    assertThatThrownBy(reading::run)
        .isInstanceOfSatisfying(
            InvalidFieldException.class, fault -> assertThat(fault.field()).isEqualTo(field));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"a\":{\"b\":[1,\"\\u0000\"]}} | a.b[1]",
        "{\"a\":[{\"k\\u0000\":\"v\"}]}   | a[0].k\\u0000",
        "{\"a\":\"\\ud83d\"}              | a",
        "{\"a\":\"\\ude00\\ud83d\"}       | a",
        "\"\\u0000\"                      | body"
      })
  void json_thatHasNoText_isRefusedByItsPath(String json, String field) {
    refused(() -> Json.read(json), field);
    refused(() -> Json.read(Body.of(json)), field);
  }

  /// The parser itself takes no such name.
  @Test
  void json_withHalfACharacterInAName_isNone() {
    assertThat(Json.read("{\"\\ud800\":1}")).isEmpty();
    assertThat(Json.read(Body.of("{\"\\ud800\":1}"))).isEmpty();
  }

  @Test
  void json_whoseBytesAreNotUtf8_isRefusedByItsPath() {
    for (String bytes : List.of("\u00ed\u00a0\u0080", "\u00c0\u0080", "\u00ff", "\u00e4\u00bd")) {
      Body body = Body.of(("{\"a\":{\"b\":\"" + bytes + "\"}}").getBytes(ISO_8859_1));

      refused(() -> Json.read(body), "a.b");
    }
  }

  @Test
  void json_inUtf16_isCheckedToo() {
    refused(() -> Json.read(Body.of("{\"a\":\"\\u0000\"}".getBytes(UTF_16BE))), "a");
  }

  @Test
  void json_withText_isTaken() {
    String text = "\\u0001 \\\\u0000 \\ud83d\\ude00 \\uffff";

    assertThat(Json.read("{\"a\":\"" + text + "\"}").orElseThrow().path("a").asText())
        .isEqualTo("\u0001 \\u0000 \ud83d\ude00 \uffff");
  }

  @Test
  void query_isRefusedByTheParametersName() {
    refused(() -> QueryParameters.parse("x=1&user=a%00b"), "user");
    refused(() -> QueryParameters.parse("user=%ED%A0%80"), "user");
    refused(() -> QueryParameters.parse("user=%C0%80"), "user");
    refused(() -> QueryParameters.parse("%00=1"), "\\u0000");
    assertThat(QueryParameters.parse("a=%E4%BD%A0+b%2B&c=%zz%41"))
        .isEqualTo(Map.of("a", "\u4f60 b+", "c", "%zz%41"));
  }

  @Test
  void partOfAPath_isRefusedByItsName() {
    PathPattern pattern = PathPattern.of("/a/{id}");
    for (String part : List.of("a%00b", "%ED%A0%80", "%FF")) {
      Map<String, String> caught = pattern.match(PathPattern.split("/a/" + part)).orElseThrow();
      Call call = new Call("GET", "/a", "", Headers.NONE, Body.EMPTY, "1.2.3.4", caught);

      refused(() -> call.param("id"), "id");
    }
    assertThat(pattern.match(PathPattern.split("/a/%E4%BD%A0+b")))
        .contains(Map.of("id", "\u4f60+b"));
  }

  @Test
  void credentials_thatAreNoText_areNone() {
    for (String pair : List.of("a\0:b", "a:b\0", "\u00ff:b", "\u00ed\u00a0\u0080:b")) {
      String basic = "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(ISO_8859_1));
      var headers = Headers.of("Authorization", basic);

      assertThat(BasicAuth.of(new Call("GET", "/", "", headers, Body.EMPTY, "1.2.3.4", Map.of())))
          .isEmpty();
    }
  }
}
