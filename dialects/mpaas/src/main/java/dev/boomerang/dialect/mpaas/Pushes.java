// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.mpaas;

import static dev.boomerang.dialect.mpaas.ResultCode.EXPIREDSECONDS_WRONG;
import static dev.boomerang.dialect.mpaas.ResultCode.EXPIREDTIME_TOO_LONG;
import static dev.boomerang.dialect.mpaas.ResultCode.MSG_PAYLOAD_TOO_LONG;
import static dev.boomerang.dialect.mpaas.ResultCode.TASKNAME_NULL;

import dev.boomerang.engine.Submissions;
import dev.boomerang.model.Content;
import dev.boomerang.model.Push;
import dev.boomerang.model.Source;
import java.time.Duration;
import java.util.Optional;

/// What every push action has in common.
final class Pushes {
  static final String DELIVERY_TYPE = "DeliveryType";
  static final String EXPIRED_SECONDS = "ExpiredSeconds";

  private static final String TASK_NAME = "TaskName";
  private static final int TASK_NAME_LENGTH = 256;

  private final MpaasConfig config;

  Pushes(MpaasConfig config) {
    this.config = config;
  }

  /// The documents demand a task name, every SDK leaves it optional. So it may be absent; one that
  /// is there and blank is the documents' fault 3019.
  String taskName(Args args) {
    return args.has(TASK_NAME) ? args.filled(TASK_NAME, TASKNAME_NULL, TASK_NAME_LENGTH) : "";
  }

  Push.Options options(Args args) {
    return new Push.Options(
        Source.of(MpaasDialect.ORIGIN),
        lifetime(args),
        Optional.empty(),
        Optional.empty(),
        Hints.read(args));
  }

  private Duration lifetime(Args args) {
    long seconds =
        args.number(EXPIRED_SECONDS, 1, Long.MAX_VALUE, EXPIREDSECONDS_WRONG)
            .orElseThrow(
                () -> new ResultFault(EXPIREDSECONDS_WRONG, EXPIRED_SECONDS, "must not be blank"));
    long most = config.maxLifetime().toSeconds();
    if (seconds > most) {
      throw new ResultFault(EXPIREDTIME_TOO_LONG, EXPIRED_SECONDS, "must be at most " + most);
    }
    return Duration.ofSeconds(seconds);
  }

  /// Counts all that the device is sent and the caller chose.
  void checkPayload(Content content) {
    int bytes = Submissions.payloadBytes(content);
    if (bytes > config.maxPayloadBytes()) {
      throw new ResultFault(
          MSG_PAYLOAD_TOO_LONG,
          "Content",
          "with title, URLs and ExtendedParams has %d bytes, at most %d"
              .formatted(bytes, config.maxPayloadBytes()));
    }
  }
}
