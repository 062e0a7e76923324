// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.jpush;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.boomerang.dialect.jpush.base.JpushConfig;
import dev.boomerang.dialect.jpush.base.JpushError;
import dev.boomerang.kit.fixture.FailingStore;
import dev.boomerang.port.StoreException;
import dev.boomerang.web.http.Headers;
import dev.boomerang.web.http.Reply;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Every row of the table of errors: how a caller gets it, or that nobody does. The switch below
/// has no default, so a new row does not compile without its call.
class ProvocationTest {
  private static final Path DOCS = Path.of("../../docs/jpush.md");
  private static final String HELLO =
      "{'platform':'all','audience':'all','message':{'msg_content':'m'}}";
  private static final Pattern ROW = Pattern.compile("(?m)^\\| (\\d+) \\| (\\d{3}|never) \\|");

  private static String docs;

  @BeforeAll
  static void read() throws IOException {
    docs = Files.readString(DOCS, UTF_8);
  }

  /// Empty for what only the vendor has reason to answer.
  private static Optional<Reply> provoke(JpushError error) {
    return switch (error) {
      case INTERNAL -> Optional.of(broken(false, "POST", "/v3/push", HELLO));
      case NOT_FOUND -> Optional.of(plain("GET", "/v3/nothing", ""));
      case METHOD -> Optional.of(plain("GET", "/v3/push", ""));
      case MISSING -> Optional.of(plain("POST", "/v3/push", "{'platform':'all'}"));
      case INVALID -> Optional.of(plain("DELETE", "/v3/push/77", ""));
      case AUTHENTICATION -> Optional.of(stranger("POST", "/v3/push"));
      case TOO_LARGE ->
          Optional.of(
              plain("POST", "/v3/push", HELLO.replace("'m'", "'" + "m".repeat(4_001) + "'")));
      case APP_KEY -> Optional.of(misspelt("POST", "/v3/push"));
      case UNKNOWN_MEMBER ->
          Optional.of(
              plain("POST", "/v3/push", HELLO.replace("'all','mess", "{'tags':['t']},'mess")));
      case NO_TARGET ->
          Optional.of(
              plain("POST", "/v3/push", HELLO.replace("'all','mess", "{'tag':['nobody']},'mess")));
      case LIMIT -> {
        try (var jpushFixture = new JpushFixture()) {
          jpushFixture.android("ada");
          String paced = HELLO.replace("}}", "},'options':{'big_push_duration':1400}}");
          for (int i = 0; i < 20; i++) {
            jpushFixture.pushed(paced);
          }
          yield Optional.of(jpushFixture.push(paced));
        }
      }
      case TIMEOUT -> Optional.of(broken(true, "POST", "/v3/push", HELLO));
      case COMBINATION ->
          Optional.of(
              plain("POST", "/v3/push", HELLO.replace("}}", "},'options':{'active_push':true}}")));
      case FILE_PERMISSION -> {
        try (var jpushFixture =
            new JpushFixture(
                new JpushConfigBuilder().developer("dev", JpushFixture.SECRET).get())) {
          yield Optional.of(jpushFixture.as("dev", "GET", "/v3/files", ""));
        }
      }
      case RATE ->
          Optional.of(
              second(
                  new JpushConfigBuilder().pushesPerMinute(1).get(), "GET", "/v3/push/quota", ""));
      case CALLER_ADDRESS ->
          Optional.of(
              asked(
                  new JpushConfigBuilder().callers("10.0.0.0/8").get(), "POST", "/v3/push", HELLO));
      case PERMISSION -> Optional.of(plain("POST", "/v3/images/byfiles", ""));
      case BROADCASTS ->
          Optional.of(
              second(
                  new JpushConfigBuilder().broadcastsPerDay(1).get(), "POST", "/v3/push", HELLO));
      case HTTPS_ONLY, BLOCKED, VOLUME, VIP, REPORT_PERMISSION -> Optional.empty();

      case DEVICE_INTERNAL -> Optional.of(broken(false, "GET", "/v3/tags", ""));
      case DEVICE_NO_CREDENTIALS -> {
        try (var jpushFixture = new JpushFixture()) {
          yield Optional.of(jpushFixture.call("GET", "/v3/tags", Headers.NONE, new byte[0]));
        }
      }
      case DEVICE_INVALID -> Optional.of(plain("GET", "/v3/devices/77", ""));
      case DEVICE_AUTHENTICATION -> Optional.of(stranger("GET", "/v3/tags"));
      case DEVICE_APP_KEY -> Optional.of(misspelt("GET", "/v3/tags"));
      case DEVICE_SOME_INVALID -> {
        try (var jpushFixture = new JpushFixture()) {
          String ids = "['" + jpushFixture.android("ada").id() + "','77']";
          yield Optional.of(
              jpushFixture.post("/v3/tags/t", "{'registration_ids':{'add':" + ids + "}}"));
        }
      }
      case DEVICE_ALIAS_FULL -> {
        try (var jpushFixture =
            new JpushFixture(new JpushConfigBuilder().devicesPerAlias(1).get())) {
          jpushFixture.android("crowd");
          String other = "/v3/devices/" + jpushFixture.android("ada").id();
          yield Optional.of(jpushFixture.post(other, "{'alias':'crowd'}"));
        }
      }
      case DEVICE_BUSY -> Optional.of(broken(true, "GET", "/v3/tags", ""));

      case REPORT_INTERNAL -> Optional.of(broken(true, "GET", "/v3/received?msg_ids=1", ""));
      case REPORT_AUTHENTICATION -> Optional.of(stranger("GET", "/v3/received?msg_ids=1"));
      case REPORT_INVALID -> Optional.of(plain("GET", "/v3/received?msg_ids=x", ""));
      case REPORT_TIME_UNIT -> Optional.of(users("time_unit=DAY&start=2026-06&duration=1"));
      case REPORT_SPAN -> Optional.of(users("time_unit=DAY&start=2020-01-01&duration=1"));

      case SCHEDULE_INVALID -> Optional.of(plain("POST", "/v3/schedules", "{}"));
      case SCHEDULE_AUTHENTICATION -> Optional.of(stranger("GET", "/v3/schedules"));
      case SCHEDULE_UNKNOWN -> Optional.of(plain("GET", "/v3/schedules/77", ""));
      case SCHEDULE_INTERNAL -> Optional.of(broken(false, "GET", "/v3/schedules", ""));
      case SCHEDULE_BUSY -> Optional.of(broken(true, "GET", "/v3/schedules", ""));

      case ADMIN_METHOD -> Optional.of(plain("GET", "/v1/app", ""));
      case ADMIN_INVALID -> {
        JpushConfig config =
            new JpushConfigBuilder().developer(JpushFixture.KEY, JpushFixture.SECRET).get();
        yield Optional.of(asked(config, "POST", "/v1/app", "{}"));
      }
      case ADMIN_AUTHENTICATION -> {
        JpushConfig config = new JpushConfigBuilder().developer("dev", JpushFixture.SECRET).get();
        yield Optional.of(asked(config, "POST", "/v1/app", "{}"));
      }
    };
  }

  private static Reply plain(String method, String target, String body) {
    return asked(JpushConfig.DEFAULT, method, target, body);
  }

  private static Reply asked(JpushConfig config, String method, String target, String body) {
    try (var jpushFixture = new JpushFixture(config)) {
      return jpushFixture.as(JpushFixture.KEY, method, target, body);
    }
  }

  private static Reply users(String query) {
    return plain("GET", "/v3/users?" + query, "");
  }

  private static Reply stranger(String method, String target) {
    try (var jpushFixture = new JpushFixture()) {
      return jpushFixture.call(
          method, target, JpushFixture.basic(JpushFixture.KEY, "wrong"), new byte[0]);
    }
  }

  /// With a space behind the key.
  private static Reply misspelt(String method, String target) {
    try (var jpushFixture = new JpushFixture()) {
      return jpushFixture.as(JpushFixture.KEY + " ", method, target, "");
    }
  }

  /// The answer to the same call again.
  private static Reply second(JpushConfig config, String method, String target, String body) {
    try (var jpushFixture = new JpushFixture(config)) {
      jpushFixture.as(JpushFixture.KEY, method, target, body);
      return jpushFixture.as(JpushFixture.KEY, method, target, body);
    }
  }

  /// The answer while the store has none, or fails.
  private static Reply broken(boolean silent, String method, String target, String body) {
    var failingStore = new FailingStore();
    try (var jpushFixture = new JpushFixture(JpushConfig.DEFAULT, failingStore.store())) {
      failingStore.failWith(
          silent
              ? new StoreException("gone", new IOException("gone"))
              : new IllegalStateException("a fault of ours"));
      Reply reply = jpushFixture.as(JpushFixture.KEY, method, target, body);
      failingStore.recover();
      return reply;
    }
  }

  @ParameterizedTest
  @EnumSource
  void row_isWhatACallerGets_ifAnybodyDoes(JpushError error) {
    provoke(error)
        .ifPresent(
            reply -> {
              assertThat(JpushFixture.code(reply))
                  .as(reply.body().text())
                  .isEqualTo(error.number());
              assertThat(reply.status()).isEqualTo(error.status());
              assertThat(JpushFixture.message(reply)).isNotBlank();
            });
  }

  /// The page for users has all of them, and tells those nobody gets apart.
  @Test
  void page_hasEveryCode_withItsStatus_orThatItNeverComes() {
    List<String> expected =
        Arrays.stream(JpushError.values())
            .map(
                error ->
                    error.code() + " " + (provoke(error).isPresent() ? error.status() : "never"))
            .distinct()
            .toList();

    assertThat(
            new TreeSet<>(
                ROW.matcher(docs).results().map(it -> it.group(1) + " " + it.group(2)).toList()))
        .containsExactlyInAnyOrderElementsOf(expected);
  }
}
