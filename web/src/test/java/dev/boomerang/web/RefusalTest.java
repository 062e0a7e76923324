// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boomerang.web.field.Json;
import dev.boomerang.web.http.Reply;
import dev.boomerang.web.limit.CallMemory;
import dev.boomerang.web.limit.MemoryBudget;
import dev.boomerang.web.limit.MemoryExceededException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// The server's own words for each refusal, and what every dialect's answer must have beside them.
class RefusalTest {

  static Stream<Arguments> refusals() {
    return Stream.of(
        Arguments.of(
            new Refusal.UnknownPath(), 404, "not-found", "there is nothing at this path", ""),
        Arguments.of(
            new Refusal.WrongMethod("PUT", new TreeSet<>(List.of("POST", "GET"))),
            405,
            "method-not-allowed",
            "this path does not take PUT",
            "Allow: GET, POST"),
        Arguments.of(
            new Refusal.Malformed(400),
            400,
            "malformed-request",
            "this is no HTTP request",
            "Connection: close"),
        Arguments.of(
            new Refusal.Malformed(414),
            414,
            "malformed-request",
            "the request line is too long",
            "Connection: close"),
        Arguments.of(
            new Refusal.Malformed(431),
            431,
            "malformed-request",
            "the headers are too long",
            "Connection: close"),
        Arguments.of(
            new Refusal.TooLarge("the body is too large"),
            413,
            "body-too-large",
            "the body is too large",
            ""),
        Arguments.of(
            new Refusal.TooSlow(),
            408,
            "request-timeout",
            "the request did not arrive in time",
            "Connection: close"),
        Arguments.of(
            new Refusal.Overloaded(),
            503,
            "too-busy",
            "too many calls at once, try again",
            "Retry-After: 1"),
        Arguments.of(
            new Refusal.TimedOut(),
            503,
            "timeout",
            "the call took too long; it may still take effect",
            "Retry-After: 1"),
        Arguments.of(
            new Refusal.Failed("77"),
            500,
            "internal-error",
            "this is our fault; it is logged as request 77",
            "X-Request-Id: 77"));
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void plainAnswer_hasStatusCodeAndMessage(
      Refusal refusal, int status, String code, String message, String header) {
    Reply reply = refusal.plain();

    assertThat(reply.status()).isEqualTo(status).isEqualTo(refusal.status());
    assertThat(reply.header("Content-Type")).contains(Reply.JSON);
    var error = Json.read(reply.body()).orElseThrow().path("error");
    assertThat(error.path("code").textValue()).isEqualTo(code);
    assertThat(error.path("message").textValue()).isEqualTo(message);
    assertThat(error.has("field")).isFalse();
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void anyAnswer_getsTheHeaderOfItsStatus(
      Refusal refusal, int status, String code, String message, String header) {
    Reply reply = refusal.withHeaders(Reply.empty(200));

    assertThat(reply.status()).isEqualTo(200);
    assertThat(
            reply.headers().fields().stream()
                .map(field -> field.getKey() + ": " + field.getValue()))
        .isEqualTo(header.isEmpty() ? List.of() : List.of(header));
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void headerOfTheDialect_stays(
      Refusal refusal, int status, String code, String message, String header) {
    if (header.isEmpty()) {
      return;
    }
    String name = header.substring(0, header.indexOf(':'));

    Reply reply = refusal.withHeaders(Reply.empty(200).with(name, "own"));

    assertThat(reply.headers().all(name)).containsExactly("own");
  }

  @Test
  void table_hasEveryKind() {
    var tested = new HashSet<Class<?>>();
    refusals().forEach(row -> tested.add(row.get()[0].getClass()));

    assertThat(tested)
        .isEqualTo(new HashSet<>(Arrays.asList(Refusal.class.getPermittedSubclasses())));
  }

  private static Refusal refusalOf(MemoryBudget budget, long bytes) {
    try {
      CallMemory.within(
          budget.open("b"),
          () -> {
            CallMemory.charge(bytes);
            return "";
          });
    } catch (MemoryExceededException e) {
      return Refusal.of(e);
    }
    throw new AssertionError("the call got its memory");
  }

  @Test
  void missingMemory_isTooLarge_ifTheCallAloneIs_elseOverloaded() {
    var budget = new MemoryBudget(1_000);
    assertThat(refusalOf(budget, 501)).isInstanceOf(Refusal.TooLarge.class);

    budget.open("a").grow(500);
    assertThat(refusalOf(budget, 400)).isEqualTo(new Refusal.Overloaded());
  }

  private enum Row implements ErrorRow {
    GOOD(new Columns("0", 200, "ok")),
    BAD(new Columns("21305", 400, "no such task"));

    private final Columns columns;

    Row(Columns columns) {
      this.columns = columns;
    }

    @Override
    public Columns columns() {
      return columns;
    }
  }

  @Test
  void errorRow_givesItsColumns() {
    assertThat(Row.BAD.code()).isEqualTo("21305");
    assertThat(Row.BAD.number()).isEqualTo(21_305);
    assertThat(Row.BAD.status()).isEqualTo(400);
    assertThat(Row.BAD.text()).isEqualTo("no such task");
    assertThat(Row.GOOD.number()).isZero();
  }
}
