// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui.wire;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.dialect.getui.limit.ErrorKind;
import dev.boomerang.dialect.getui.limit.GetuiException;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// Tests which `result` and `desc` the V1 wire answers for every kind of error.
class WireErrorHandlerTest {
  private record Answer(String result, String description) {}

  private static Answer plain(String result) {
    return new Answer(result, "");
  }

  private static final Map<ErrorKind.Simple, Answer> ANSWERS =
      Map.ofEntries(
          entry(ErrorKind.Simple.UNKNOWN_USER, plain("TokenMD5NoUsers")),
          entry(ErrorKind.Simple.ALIAS_NOT_BOUND, plain("AliasNotBind")),
          entry(ErrorKind.Simple.NO_TARGET, plain("TargetListIsNullOrSizeIs0")),
          entry(
              ErrorKind.Simple.TOO_MANY_TARGETS, new Answer("Error", "there are too many targets")),
          entry(ErrorKind.Simple.NOBODY, plain("AppIdNoUsers")),
          entry(ErrorKind.Simple.TAG_UNKNOWN, plain("TagInvalidOrNoAuth")),
          entry(ErrorKind.Simple.TAG_TOO_LONG, plain("TagInvalidOrNoAuth")),
          entry(
              ErrorKind.Simple.TOO_MANY_TAGS,
              new Answer("OverLimit", "too many tags for one user")),
          entry(
              ErrorKind.Simple.ALIAS_TOO_LONG,
              new Answer("Error", "alias must have at most 40 bytes")),
          entry(
              ErrorKind.Simple.ALIAS_FULL, new Answer("OverLimit", "too many cids have the alias")),
          entry(ErrorKind.Simple.UNKNOWN_TASK, plain("NoSuchTaskId")),
          entry(ErrorKind.Simple.UNKNOWN_OLD_TASK, plain("NullMsgCommon")),
          entry(ErrorKind.Simple.TASK_OVER, plain("TaskIdHasBeanCanceled")),
          entry(ErrorKind.Simple.NOT_SCHEDULED, plain("NoSuchTaskId")),
          entry(ErrorKind.Simple.NOT_STOPPABLE, plain("NotInDealRange")),
          entry(ErrorKind.Simple.SCHEDULE_FIRED, plain("NotInDealRange")),
          entry(ErrorKind.Simple.SCHEDULE_SOON, plain("NotInDealRange")),
          entry(ErrorKind.Simple.SCHEDULE_PAST, new Answer("Error", "pushTime must lie ahead")),
          entry(
              ErrorKind.Simple.SCHEDULE_TOO_FAR,
              new Answer("Error", "pushTime must be within 7 days")),
          entry(
              ErrorKind.Simple.TOO_MANY_SCHEDULES,
              new Answer("OverLimit", "too many pushes wait for their time")),
          entry(ErrorKind.Simple.SENSITIVE, plain("Text or Title Contain Sensitive Word Error")),
          entry(ErrorKind.Simple.TOO_LARGE, plain("transmissionContent length overlimit")),
          entry(
              ErrorKind.Simple.BAD_LIFETIME,
              new Answer("Error", "offlineExpireTime is out of range")),
          entry(ErrorKind.Simple.NO_VENDOR, plain("NOTarget")));

  private static ObjectNode answer(String action, ErrorKind.Simple kind) {
    return new WireErrorHandler(action).refused(new GetuiException(kind)).orElseThrow();
  }

  @ParameterizedTest
  @EnumSource(ErrorKind.Simple.class)
  void error_hasItsResult_andSaysWhy(ErrorKind.Simple kind) {
    ObjectNode answer = answer("anyAction", kind);

    assertThat(new Answer(answer.path("result").asText(), answer.path("desc").asText()))
        .isEqualTo(ANSWERS.get(kind));
  }

  @ParameterizedTest
  @CsvSource({
    "pushMessageByTagAction, NOBODY, TagsNoUsers",
    "pushMessageToAppAction, NOBODY, AppIdNoUsers",
    "pushMessageToListAction, UNKNOWN_TASK, NullMsgCommon",
    "getPushMsgResult, UNKNOWN_TASK, NoSuchTaskId"
  })
  void result_dependsOnTheAction(String action, ErrorKind.Simple kind, String result) {
    assertThat(answer(action, kind).path("result").asText()).isEqualTo(result);
  }
}
