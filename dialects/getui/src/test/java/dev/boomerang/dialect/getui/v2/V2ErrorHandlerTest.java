// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui.v2;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import dev.boomerang.dialect.getui.limit.ErrorKind;
import dev.boomerang.dialect.getui.limit.GetuiException;
import dev.boomerang.web.http.Reply;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Tests which status, `code` and `msg` RestAPI V2 answers for every kind of error.
class V2ErrorHandlerTest {
  private record Answer(int status, int code, String message) {}

  private static Answer parameter(String message) {
    return new Answer(400, 20001, message);
  }

  private static final Answer NOBODY =
      new Answer(400, 21001, "push failed, no valid user or strategy");

  private static final Map<ErrorKind.Simple, Answer> ANSWERS =
      Map.ofEntries(
          entry(ErrorKind.Simple.UNKNOWN_USER, parameter("target user is invalid")),
          entry(ErrorKind.Simple.ALIAS_NOT_BOUND, parameter("alias is invalid: nobody has it")),
          entry(ErrorKind.Simple.NO_TARGET, parameter("audience can not be empty")),
          entry(ErrorKind.Simple.TOO_MANY_TARGETS, parameter("audience is invalid: too many")),
          entry(ErrorKind.Simple.NOBODY, NOBODY),
          entry(ErrorKind.Simple.NO_VENDOR, NOBODY),
          entry(
              ErrorKind.Simple.TAG_UNKNOWN,
              parameter("tag is invalid: nobody here has such a key or value")),
          entry(ErrorKind.Simple.TAG_TOO_LONG, new Answer(403, 30005, "tag is too long")),
          entry(ErrorKind.Simple.TOO_MANY_TAGS, new Answer(403, 30016, "too many tags")),
          entry(ErrorKind.Simple.ALIAS_TOO_LONG, parameter("alias is invalid: at most 40 bytes")),
          entry(
              ErrorKind.Simple.ALIAS_FULL,
              parameter("alias is invalid: it is bound to too many cids")),
          entry(
              ErrorKind.Simple.UNKNOWN_TASK, parameter("taskid is invalid: there is no such task")),
          entry(
              ErrorKind.Simple.UNKNOWN_OLD_TASK,
              parameter("old_task_id is invalid: there is no such task of the last 7 days")),
          entry(
              ErrorKind.Simple.TASK_OVER,
              parameter("taskid is invalid: the task is stopped or its time is over")),
          entry(
              ErrorKind.Simple.NOT_STOPPABLE,
              parameter("taskid is invalid: single pushes cannot be stopped")),
          entry(
              ErrorKind.Simple.NOT_SCHEDULED,
              new Answer(400, 22002, "there is no such scheduled task")),
          entry(
              ErrorKind.Simple.SCHEDULE_FIRED,
              new Answer(400, 22001, "the scheduled task has been executed and cannot be deleted")),
          entry(
              ErrorKind.Simple.SCHEDULE_SOON,
              new Answer(400, 22002, "it will be pushed within a minute: stop it then")),
          entry(
              ErrorKind.Simple.SCHEDULE_PAST,
              parameter("settings.schedule_time is invalid: it must lie ahead")),
          entry(
              ErrorKind.Simple.SCHEDULE_TOO_FAR,
              parameter("settings.schedule_time is invalid: at most 7 days ahead")),
          entry(
              ErrorKind.Simple.TOO_MANY_SCHEDULES,
              new Answer(403, 30002, "there are too many scheduled tasks already")),
          entry(ErrorKind.Simple.TOO_LARGE, parameter("push_message is invalid: too long")),
          entry(
              ErrorKind.Simple.SENSITIVE,
              parameter("push_message is invalid: it has a word that must not be")),
          entry(ErrorKind.Simple.BAD_LIFETIME, parameter("settings.ttl is invalid")));

  @ParameterizedTest
  @EnumSource(ErrorKind.Simple.class)
  void error_hasItsCode_andSaysWhy(ErrorKind.Simple kind) {
    Reply reply = new V2ErrorHandler().refused(new GetuiException(kind)).orElseThrow();

    assertThat(new Answer(reply.status(), V2ApiFixture.code(reply), V2ApiFixture.message(reply)))
        .isEqualTo(ANSWERS.get(kind));
  }
}
