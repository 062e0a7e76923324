// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui.v1;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.boomerang.dialect.getui.GetuiFixture;
import dev.boomerang.dialect.getui.limit.ErrorKind;
import dev.boomerang.dialect.getui.limit.GetuiException;
import dev.boomerang.dialect.getui.limit.Quota;
import dev.boomerang.web.http.Reply;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Tests which `result` and `desc` REST V1 answers for every kind of error.
class V1ErrorHandlerTest {
  private static final String NO_SCHEDULE = "the task cannot wait for its time, or not any more";

  private record Answer(String result, String description) {}

  private static final Map<ErrorKind.Simple, Answer> ANSWERS =
      Map.ofEntries(
          entry(ErrorKind.Simple.UNKNOWN_USER, new Answer("no_user", "the app has no such user")),
          entry(
              ErrorKind.Simple.ALIAS_NOT_BOUND,
              new Answer("alias_notbind", "nobody has this alias")),
          entry(ErrorKind.Simple.NO_TARGET, new Answer("no_valid_push", "it would reach nobody")),
          entry(ErrorKind.Simple.TOO_MANY_TARGETS, new Answer("invalid_param", "too many targets")),
          entry(ErrorKind.Simple.NOBODY, new Answer("no_valid_push", "it would reach nobody")),
          entry(
              ErrorKind.Simple.TAG_UNKNOWN,
              new Answer("taginvalid_or_noauth", "nobody here has such a tag or condition")),
          entry(
              ErrorKind.Simple.TAG_TOO_LONG,
              new Answer("tag_over_limit", "too many tags, or a tag that is too long")),
          entry(
              ErrorKind.Simple.TOO_MANY_TAGS,
              new Answer("tag_over_limit", "too many tags, or a tag that is too long")),
          entry(
              ErrorKind.Simple.ALIAS_TOO_LONG,
              new Answer("alias_error", "an alias has at most 40 bytes")),
          entry(
              ErrorKind.Simple.ALIAS_FULL,
              new Answer("alias_error", "the alias is bound to too many cids")),
          entry(ErrorKind.Simple.UNKNOWN_TASK, new Answer("no_taskid", "there is no such task")),
          entry(
              ErrorKind.Simple.UNKNOWN_OLD_TASK, new Answer("no_taskid", "there is no such task")),
          entry(
              ErrorKind.Simple.TASK_OVER,
              new Answer("no_valid_push", "the task is stopped or its time is over")),
          entry(
              ErrorKind.Simple.NOT_STOPPABLE,
              new Answer("invalid_param", "single pushes cannot be stopped")),
          entry(ErrorKind.Simple.NOT_SCHEDULED, new Answer("no_taskid", "there is no such task")),
          entry(ErrorKind.Simple.SCHEDULE_FIRED, new Answer("invalid_param", NO_SCHEDULE)),
          entry(ErrorKind.Simple.SCHEDULE_SOON, new Answer("invalid_param", NO_SCHEDULE)),
          entry(ErrorKind.Simple.SCHEDULE_PAST, new Answer("invalid_param", NO_SCHEDULE)),
          entry(ErrorKind.Simple.SCHEDULE_TOO_FAR, new Answer("invalid_param", NO_SCHEDULE)),
          entry(ErrorKind.Simple.TOO_MANY_SCHEDULES, new Answer("invalid_param", NO_SCHEDULE)),
          entry(ErrorKind.Simple.TOO_LARGE, new Answer("invalid_param", "the message is too long")),
          entry(
              ErrorKind.Simple.SENSITIVE,
              new Answer("sensitive_word", "the message has a word that must not be")),
          entry(
              ErrorKind.Simple.BAD_LIFETIME,
              new Answer("invalid_param", "offline_expire_time is out of range")),
          entry(ErrorKind.Simple.NO_VENDOR, new Answer("no_valid_push", "it would reach nobody")));

  private static Reply reply(ErrorKind kind) {
    return new V1ErrorHandler().refused(new GetuiException(kind)).orElseThrow();
  }

  @ParameterizedTest
  @EnumSource(ErrorKind.Simple.class)
  void error_hasItsResult_andSaysWhy(ErrorKind.Simple kind) {
    Reply reply = reply(kind);

    JsonNode json = GetuiFixture.json(reply);
    assertThat(new Answer(json.path("result").asText(), json.path("desc").asText()))
        .isEqualTo(ANSWERS.get(kind));
    assertThat(reply.status()).isEqualTo(200);
  }

  @ParameterizedTest
  @EnumSource(Quota.class)
  void usedUpQuota_hasItsResult(Quota quota) {
    String expected =
        switch (quota) {
          case AUTH_MINUTE, CALLS_MINUTE, FAST_TAG_MINUTE, APP_MINUTE, LIST_MINUTE, REPORT_MINUTE ->
              "too_frequent";
          case TAG_EDITS_DAY, TAG_EDITS_MINUTE, TAG_SETS_DAY -> "tag_over_limit";
          case FAST_TAG_DAY, APP_DAY, TAG_DAY, LIST_DAY, TOTAL_DAY -> "pushnum_overlimit";
        };

    Reply reply = reply(new ErrorKind.QuotaExceeded(quota));

    assertThat(V1ApiFixture.result(reply)).isEqualTo(expected);
    assertThat(reply.status()).isEqualTo(200);
  }
}
