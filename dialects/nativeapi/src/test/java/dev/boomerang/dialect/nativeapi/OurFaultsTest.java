// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.nativeapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boomerang.kit.fixture.FailingStore;
import dev.boomerang.kit.fixture.Fixtures;
import dev.boomerang.port.StoreException;
import dev.boomerang.web.Headers;
import dev.boomerang.web.Reply;
import java.io.IOException;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What is not the caller's fault is told in the caller's shape too.
class OurFaultsTest {
  private static final String DEVICE =
      "{\"appId\":\"%s\",\"deviceKey\":\"%s-device\",\"platform\":\"android\"}"
          .formatted(Fixtures.SHOP, Fixtures.SHOP);

  private static Stream<Function<Doors, Reply>> calls() {
    return Stream.of(
        doors -> doors.asApp(Fixtures.SHOP, "GET", "/api/v1/tasks/1", ""),
        doors ->
            doors.asApp(
                Fixtures.SHOP,
                "POST",
                "/api/v1/pushes",
                "{\"audience\":{\"users\":[\"ada\"]},\"notification\":{\"title\":\"t\"}}"),
        doors -> doors.call("POST", "/device/v1/registrations", Headers.NONE, DEVICE));
  }

  @ParameterizedTest
  @MethodSource("calls")
  void call_thatCannotBeServed_saysWhetherToTryAgain(Function<Doors, Reply> call) {
    var failingStore = new FailingStore();
    try (var doors = new Doors(failingStore.store())) {
      failingStore.failWith(new StoreException("gone", new IOException("gone")));
      Reply gone = call.apply(doors);
      failingStore.failWith(new IllegalStateException("a fault of ours"));
      Reply fault = call.apply(doors);
      failingStore.recover();

      assertThat(gone.status()).isEqualTo(503);
      assertThat(Doors.json(gone).at("/error/code").asText()).isEqualTo("unavailable");
      assertThat(gone.headers().get("Retry-After")).contains("1");
      assertThat(fault.status()).isEqualTo(500);
      assertThat(Doors.json(fault).at("/error/code").asText()).isEqualTo("internal-error");
      assertThat(fault.body().text()).doesNotContain("a fault of ours");
    }
  }
}
