// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.vivo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boomerang.dialect.vivo.base.VivoConfig;
import dev.boomerang.dialect.vivo.fixture.VivoFixture;
import dev.boomerang.kit.fixture.FailingStore;
import dev.boomerang.port.StoreException;
import dev.boomerang.web.http.Reply;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// An error that is not the caller's has another status than 200.
class InternalErrorTest {

  @ParameterizedTest
  @CsvSource({
    "POST, /message/send",
    "POST, /message/all",
    "POST, /message/saveListPayload",
    "POST, /tag/add",
    "GET, /report/getStatistics?taskIds=1",
  })
  void internalErrorAndStoreOutage_are500(String method, String path) {
    var failingStore = new FailingStore();
    try (var fixture = new VivoFixture(VivoConfig.DEFAULT, failingStore.store())) {
      String body = fixture.message("'regId':'12345678901234567890123','name':'n'");
      for (RuntimeException fault :
          new RuntimeException[] {
            new StoreException("gone", new IOException("gone")),
            new IllegalStateException("a fault of ours")
          }) {
        failingStore.failWith(fault);
        Reply reply = fixture.as(fixture.token(), method, path, body);
        failingStore.recover();

        assertThat(reply.status()).isEqualTo(500);
        assertThat(reply.body().text()).isEqualTo("Internet server error!");
      }
    }
  }
}
