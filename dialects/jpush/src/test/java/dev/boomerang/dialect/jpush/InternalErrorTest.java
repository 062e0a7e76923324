// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.jpush;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boomerang.dialect.jpush.base.JpushConfig;
import dev.boomerang.kit.fixture.FailingStore;
import dev.boomerang.port.StoreException;
import dev.boomerang.web.http.Reply;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is not the caller's fault is told in the caller's shape too.
class InternalErrorTest {
  private static final String PUSH =
      "{'platform':'all','audience':{'alias':['ada']},'message':{'msg_content':'m'}}";

  @ParameterizedTest
  @CsvSource({
    "POST, /v3/push, 503, 1030, 500, 1000",
    "POST, /v3/push/validate, 503, 1030, 500, 1000",
    "DELETE, /v3/push/77, 503, 1030, 500, 1000",
    "GET, /v3/devices/12345678901234567890123, 503, 7030, 500, 7000",
    "GET, /v3/received?msg_ids=1, 500, 10, 500, 10",
    "GET, /v3/schedules, 503, 8203, 500, 8200"
  })
  void call_thatCannotBeServed_hasItsFamilysCode(
      String method, String path, int busy, int busyCode, int internal, int internalCode) {
    var failingStore = new FailingStore();
    try (var jpushFixture = new JpushFixture(JpushConfig.DEFAULT, failingStore.store())) {
      failingStore.failWith(new StoreException("gone", new IOException("gone")));
      Reply gone = jpushFixture.as(JpushFixture.KEY, method, path, PUSH);
      failingStore.failWith(new IllegalStateException("a fault of ours"));
      Reply fault = jpushFixture.as(JpushFixture.KEY, method, path, PUSH);
      failingStore.recover();

      assertThat(gone.status()).isEqualTo(busy);
      assertThat(JpushFixture.code(gone)).isEqualTo(busyCode);
      assertThat(gone.headers().get("X-Rate-Limit-Limit")).isPresent();
      assertThat(fault.status()).isEqualTo(internal);
      assertThat(JpushFixture.code(fault)).isEqualTo(internalCode);
      assertThat(JpushFixture.message(fault)).doesNotContain("ours");
    }
  }
}
