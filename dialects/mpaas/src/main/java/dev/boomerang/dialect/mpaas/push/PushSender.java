// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.mpaas.push;

import static dev.boomerang.dialect.mpaas.error.ResultCode.EXPIREDSECONDS_WRONG;
import static dev.boomerang.dialect.mpaas.error.ResultCode.EXPIREDTIME_TOO_LONG;
import static dev.boomerang.dialect.mpaas.error.ResultCode.MSG_PAYLOAD_TOO_LONG;
import static dev.boomerang.dialect.mpaas.error.ResultCode.TASKNAME_NULL;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.dialect.mpaas.error.ResultException;
import dev.boomerang.dialect.mpaas.request.ActionParams;
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

/// Reads what all push actions have in common, and submits the push.
public final class PushSender {

  private static final int TASK_NAME_LENGTH = 256;

  private final Submissions submissions;
  private final Schedules schedules;
  private final StrategyParams strategyParams;
  private final PushSettings settings;

  public PushSender(Engine engine, PushSettings settings, Clock clock) {
    this.submissions = engine.submissions();
    this.schedules = engine.schedules();
    this.strategyParams = new StrategyParams(settings.zone(), clock);
    this.settings = settings;
  }

  PushSettings settings() {
    return settings;
  }

  /// The documents demand a task name, every SDK leaves it optional. So it may be absent; one that
  /// is there and blank is the documents' fault 3019.
  String taskName(ActionParams params) {
    return params.has(PushParams.TASK_NAME)
        ? params.required(PushParams.TASK_NAME, TASKNAME_NULL, TASK_NAME_LENGTH)
        : "";
  }

  Push.Options options(ActionParams params, Source source) {
    return options(params, source, Optional.empty());
  }

  /// `messageId` is the name of a push to everyone.
  Push.Options options(ActionParams params, Source source, Optional<String> messageId) {
    return Push.Options.of(source, lifetime(params))
        .messageId(messageId)
        .vendorHints(VendorHints.read(params));
  }

  private Duration lifetime(ActionParams params) {
    long seconds =
        params
            .number(PushParams.EXPIRED_SECONDS, 1, Long.MAX_VALUE, EXPIREDSECONDS_WRONG)
            .orElseThrow(
                () ->
                    new ResultException(
                        EXPIREDSECONDS_WRONG, PushParams.EXPIRED_SECONDS, "must not be blank"));
    long most = settings.maxLifetime().toSeconds();
    if (seconds > most) {
      throw new ResultException(
          EXPIREDTIME_TOO_LONG, PushParams.EXPIRED_SECONDS, "must be at most " + most);
    }
    return Duration.ofSeconds(seconds);
  }

  /// Checks the size of everything that the caller chose and the device is sent. `parameter` is the
  /// one to blame.
  void checkPayload(Content content, String parameter) {
    int bytes = PayloadSize.of(content);
    if (bytes > settings.maxPayloadBytes()) {
      throw new ResultException(
          MSG_PAYLOAD_TOO_LONG,
          parameter,
          "with title, text, URLs and ExtendedParams makes %d bytes, at most %d"
              .formatted(bytes, settings.maxPayloadBytes()));
    }
  }

  /// Submits a push, now or on a schedule as the call asks.
  ObjectNode submit(Push push, ActionParams params) {
    Optional<Trigger> trigger = strategyParams.read(params);
    Source.Kind kind = push.options().source().kind();
    return trigger.isEmpty()
        ? SubmitResponse.of(submissions.submit(push), kind)
        : SubmitResponse.of(schedules.schedule(push, trigger.get()), kind);
  }
}
