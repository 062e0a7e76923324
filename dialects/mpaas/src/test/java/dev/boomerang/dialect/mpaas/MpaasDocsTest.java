// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.mpaas;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boomerang.dialect.mpaas.error.GatewayError;
import dev.boomerang.dialect.mpaas.error.ResultCode;
import dev.boomerang.dialect.mpaas.fixture.ActionCall;
import dev.boomerang.dialect.mpaas.fixture.MpaasFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// docs/mpaas.md tells of everything there is, and the clients' tests call all of it.
class MpaasDocsTest {
  private final String docs = Files.readString(Path.of("../../docs/mpaas.md"));

  MpaasDocsTest() throws IOException {}

  @ParameterizedTest
  @EnumSource
  void everyResultCode_isExplained(ResultCode code) {
    assertThat(docs)
        .containsAnyOf(code.code() + " | " + code.name(), code.code() + " " + code.name());
  }

  @ParameterizedTest
  @EnumSource
  void everyGatewayError_isExplained(GatewayError error) {
    String code = error.code();
    assertThat(docs)
        .contains("`" + (code.endsWith("*") ? code.substring(0, code.length() - 1) : code + "`"));
  }

  @Test
  void everyAction_hasACall() {
    try (var fixture = MpaasFixture.open()) {
      assertThat(ActionCall.all().stream().map(ActionCall::action).distinct())
          .containsExactlyInAnyOrderElementsOf(
              MpaasDialect.actions(fixture.engine, MpaasConfig.DEFAULT, fixture.clock).keySet());
    }
  }

  @ParameterizedTest
  @MethodSource("dev.boomerang.dialect.mpaas.fixture.ActionCall#all")
  void everyAction_isExplained(ActionCall call) {
    assertThat(docs).contains("`" + call.action() + "`");
  }
}
