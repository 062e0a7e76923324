// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.nativeapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boomerang.kit.fixture.FailingStore;
import dev.boomerang.kit.fixture.Fixtures;
import dev.boomerang.port.StoreException;
import dev.boomerang.web.http.Headers;
import dev.boomerang.web.http.Reply;
import java.io.IOException;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Tests that faults of the server are answered in the shape of the API too.
class InternalErrorsTest {
  private static final String DEVICE =
      "{\"appId\":\"%s\",\"deviceKey\":\"%s-device\",\"platform\":\"android\"}"
          .formatted(Fixtures.SHOP, Fixtures.SHOP);

  private static Stream<Function<ApiFixture, Reply>> calls() {
    return Stream.of(
        apiFixture -> apiFixture.asApp(Fixtures.SHOP, "GET", "/api/v1/tasks/1", ""),
        apiFixture ->
            apiFixture.asApp(
                Fixtures.SHOP,
                "POST",
                "/api/v1/pushes",
                "{\"audience\":{\"users\":[\"ada\"]},\"notification\":{\"title\":\"t\"}}"),
        apiFixture -> apiFixture.call("POST", "/device/v1/registrations", Headers.NONE, DEVICE));
  }

  @ParameterizedTest
  @MethodSource("calls")
  void call_thatCannotBeServed_saysWhetherToTryAgain(Function<ApiFixture, Reply> call) {
    var failingStore = new FailingStore();
    try (var apiFixture = new ApiFixture(failingStore.store())) {
      failingStore.failWith(new StoreException("gone", new IOException("gone")));
      Reply gone = call.apply(apiFixture);
      failingStore.failWith(new IllegalStateException("a fault of ours"));
      Reply fault = call.apply(apiFixture);
      failingStore.recover();

      assertThat(gone.status()).isEqualTo(503);
      assertThat(ApiFixture.json(gone).at("/error/code").asText()).isEqualTo("unavailable");
      assertThat(gone.headers().get("Retry-After")).contains("1");
      assertThat(fault.status()).isEqualTo(500);
      assertThat(ApiFixture.json(fault).at("/error/code").asText()).isEqualTo("internal-error");
      assertThat(fault.body().text()).doesNotContain("a fault of ours");
    }
  }
}
