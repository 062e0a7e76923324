// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.mpaas;

import static dev.boomerang.dialect.mpaas.ResultCode.EXPIREDSECONDS_WRONG;
import static dev.boomerang.dialect.mpaas.ResultCode.EXPIREDTIME_TOO_LONG;
import static dev.boomerang.dialect.mpaas.ResultCode.MSG_PAYLOAD_TOO_LONG;
import static dev.boomerang.dialect.mpaas.ResultCode.TASKNAME_NULL;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.engine.Engine;
import dev.boomerang.engine.accept.PayloadSize;
import dev.boomerang.engine.accept.Submissions;
import dev.boomerang.engine.schedule.Schedules;
import dev.boomerang.model.push.Content;
import dev.boomerang.model.push.Push;
import dev.boomerang.model.push.Source;
import dev.boomerang.model.schedule.Trigger;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/// What every push action has in common.
final class Pushes {
  static final String DELIVERY_TYPE = "DeliveryType";
  static final String EXPIRED_SECONDS = "ExpiredSeconds";

  private static final String TASK_NAME = "TaskName";
  private static final int TASK_NAME_LENGTH = 256;

  private final Submissions submissions;
  private final Schedules schedules;
  private final Strategy strategy;
  private final MpaasConfig config;

  Pushes(Engine engine, MpaasConfig config, Clock clock) {
    this.submissions = engine.submissions();
    this.schedules = engine.schedules();
    this.strategy = new Strategy(config.zone(), clock);
    this.config = config;
  }

  MpaasConfig config() {
    return config;
  }

  /// The documents demand a task name, every SDK leaves it optional. So it may be absent; one that
  /// is there and blank is the documents' fault 3019.
  String taskName(Args args) {
    return args.has(TASK_NAME) ? args.filled(TASK_NAME, TASKNAME_NULL, TASK_NAME_LENGTH) : "";
  }

  Push.Options options(Args args, Source source) {
    return options(args, source, Optional.empty());
  }

  /// `messageId` is the name of a push to everyone.
  Push.Options options(Args args, Source source, Optional<String> messageId) {
    return Push.Options.of(source, lifetime(args))
        .messageId(messageId)
        .vendorHints(Hints.read(args));
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

  /// Counts all that the device is sent and the caller chose. `parameter` is the one to blame.
  void checkPayload(Content content, String parameter) {
    int bytes = PayloadSize.of(content);
    if (bytes > config.maxPayloadBytes()) {
      throw new ResultFault(
          MSG_PAYLOAD_TOO_LONG,
          parameter,
          "with title, text, URLs and ExtendedParams makes %d bytes, at most %d"
              .formatted(bytes, config.maxPayloadBytes()));
    }
  }

  /// Hands it in, at once or for later as the call says.
  ObjectNode send(Push push, Args args) {
    Optional<Trigger> trigger = strategy.read(args);
    Source.Kind kind = push.options().source().kind();
    return trigger.isEmpty()
        ? Submitted.answer(submissions.submit(push), kind)
        : Submitted.answer(schedules.schedule(push, trigger.get()), kind);
  }
}
