// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.nativeapi;

import static dev.boomerang.kit.fixture.Fixtures.SHOP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.boomerang.web.http.Headers;
import dev.boomerang.web.http.Reply;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdempotencyKeyTest {
  private static final String KEY = "Idempotency-Key";

  private final ApiFixture apiFixture = new ApiFixture();

  @AfterEach
  void close() {
    apiFixture.close();
  }

  private Reply push(String more, String... keys) {
    Headers headers = Headers.of("Authorization", "Bearer " + SHOP + "-token");
    for (String key : keys) {
      headers = headers.with(KEY, key);
    }
    String body = "{'audience':{'users':['ada']},'data':{'body':'b'}" + more + "}";
    return apiFixture.call("POST", "/api/v1/pushes", headers, body.replace('\'', '"'));
  }

  private static String id(Reply reply) {
    return ApiFixture.json(reply).path("id").asText();
  }

  @Test
  void sameKey_getsTheFirstAnswer_whetherInTheHeaderOrTheBody() {
    Reply first = push("", "order-7");
    Reply again = push("", "order-7");
    Reply quoted = push("", "\"order-7\"");
    Reply inBody = push(",'requestId':'order-7'");
    Reply both = push(",'requestId':'order-7'", "order-7", " order-7 ");
    Reply other = push("", "order-8");

    assertThat(first.status()).isEqualTo(201);
    assertThat(Arrays.asList(again, quoted, inBody, both))
        .allSatisfy(
            reply -> {
              assertThat(reply.status()).isEqualTo(200);
              assertThat(id(reply)).isEqualTo(id(first));
            });
    assertThat(other.status()).isEqualTo(201);
    assertThat(id(other)).isNotEqualTo(id(first));
  }

  @Test
  void openTask_hasOneToo() {
    String body = "{\"open\":true,\"data\":{\"body\":\"b\"}}";
    Headers headers =
        Headers.of("Authorization", "Bearer " + SHOP + "-token").with("idempotency-key", "o");

    Reply first = apiFixture.call("POST", "/api/v1/pushes", headers, body);
    Reply again = apiFixture.call("POST", "/api/v1/pushes", headers, body);

    assertThat(first.status()).isEqualTo(201);
    assertThat(again.status()).isEqualTo(200);
    assertThat(id(again)).isEqualTo(id(first));
  }

  @Test
  void sameKey_forAnotherPush_isRefused_andTheHeaderNamed() {
    push("", "order-7");

    Reply reply = push(",'name':'other'", "order-7");

    assertThat(reply.status()).isEqualTo(409);
    assertThat(ApiFixture.code(reply)).isEqualTo("id-taken");
    assertThat(ApiFixture.field(reply)).isEqualTo(KEY);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        ",'requestId':'a' | b",
        ",'requestId':'a' | A",
        ",'schedule':{'at':253402300799000} | a",
        "'' | ' '",
        "'' | '\"\"'",
        "'' | 北京",
        "'' | \u00e9",
        "'' | \u007f"
      })
  void keyThatCannotBeTaken_isRefused_andNamed(String more, String key) {
    Reply reply = push(more, key);

    assertThat(reply.status()).isEqualTo(400);
    assertThat(ApiFixture.field(reply)).isEqualTo(KEY);
  }

  @Test
  void twoKeys_thatDiffer_areRefused() {
    assertThat(ApiFixture.field(push("", "a", "b"))).isEqualTo(KEY);
  }

  @ParameterizedTest
  @ValueSource(ints = {256, 257})
  void key_isAsLongAsARequestId(int length) {
    Reply reply = push("", "k".repeat(length));

    assertThat(reply.status()).isEqualTo(length == 256 ? 201 : 400);
  }

  @Test
  void quotedKey_mayHaveQuotesInIt() {
    Reply first = push("", "\"a\\\"b\\\\c\"");

    assertThat(id(push(",'requestId':'a\\\"b\\\\c'"))).isEqualTo(id(first));
  }
}
