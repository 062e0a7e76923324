// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.jpush.push;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.dialect.jpush.base.Authenticator.Caller;
import dev.boomerang.dialect.jpush.base.CidKeys;
import dev.boomerang.dialect.jpush.base.JpushConfig;
import dev.boomerang.dialect.jpush.base.JpushError;
import dev.boomerang.dialect.jpush.base.JpushException;
import dev.boomerang.dialect.jpush.request.AudienceReader;
import dev.boomerang.dialect.jpush.request.PushOptions;
import dev.boomerang.dialect.jpush.request.PushRequest;
import dev.boomerang.dialect.jpush.request.PushRequestReader;
import dev.boomerang.dialect.jpush.request.TargetFiles;
import dev.boomerang.engine.Engine;
import dev.boomerang.engine.recall.RecallResult;
import dev.boomerang.model.app.AppId;
import dev.boomerang.model.push.Audience;
import dev.boomerang.model.push.OverrideTarget;
import dev.boomerang.model.push.Recall.Scope;
import dev.boomerang.model.push.Task;
import dev.boomerang.model.push.TaskId;
import dev.boomerang.model.registration.Segment;
import dev.boomerang.web.field.Fields;
import dev.boomerang.web.field.Json;
import dev.boomerang.web.http.Body;
import dev.boomerang.web.http.Call;
import dev.boomerang.web.http.Reply;
import dev.boomerang.web.text.QueryParameters;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// `/v3/push` and what belongs to it: pushing, checking, recalling, ids.
public final class PushCalls {
  private static final String UNKNOWN = "msgid doesn't exist";
  private static final int MAX_CIDS = 1_000;

  /// The message id of a call that sends nothing.
  private static final String NO_MESSAGE = "0";

  private final Engine engine;
  private final PushRequestReader pushRequestReader;
  private final PushSender sender;
  private final CidKeys cidKeys;
  private final TargetFiles targetFiles;
  private final JpushConfig config;
  private final Clock clock;

  public PushCalls(
      Engine engine,
      PushRequestReader pushRequestReader,
      PushSender sender,
      JpushConfig config,
      TargetFiles targetFiles,
      Clock clock) {
    this.engine = engine;
    this.pushRequestReader = pushRequestReader;
    this.sender = sender;
    this.cidKeys = new CidKeys(clock);
    this.targetFiles = targetFiles;
    this.config = config;
    this.clock = clock;
  }

  public Reply push(Caller caller, Call call) {
    Fields body = body(call);
    PushResult result = sender.send(caller, body, () -> pushRequestReader.read(caller.app(), body));
    return Reply.json(200, Json.write(result.json()));
  }

  public Reply file(Caller caller, Call call) {
    Fields body = body(call);
    PushResult result = sender.send(caller, body, () -> readFile(caller, body));
    return Reply.json(200, Json.write(result.json()));
  }

  /// Reads a push to the targets that a file lists. The file stands alone.
  PushRequest readFile(Caller caller, Fields body) {
    Segment listed =
        AudienceReader.fileTargets(body, id -> targetFiles.find(caller.app().id(), id));
    return pushRequestReader.read(caller.app(), body, listed);
  }

  /// Makes the checks of a push without sending it, so there is no id to answer with, and a cid is
  /// not used up.
  public Reply validate(Caller caller, Call call) {
    Fields body = body(call);
    cidKeys.requestKey(body, caller.key());
    PushRequest pushRequest = pushRequestReader.read(caller.app(), body);
    engine
        .submissions()
        .refusal(pushRequest.push())
        .ifPresent(
            refusal -> {
              throw PushSender.fault(refusal);
            });
    checkReplaced(pushRequest);
    if (pushRequest.push().audience() instanceof Audience.BySegment(Segment segment)
        && engine.registrations().count(pushRequest.push().app(), segment) == 0) {
      throw sender.nobody(pushRequest, NO_MESSAGE);
    }
    return Reply.json(200, Json.write(new PushResult(NO_MESSAGE, pushRequest.sendno()).json()));
  }

  private void checkReplaced(PushRequest pushRequest) {
    for (OverrideTarget overrideTarget : pushRequest.push().options().overrides().values()) {
      if (overrideTarget instanceof OverrideTarget.EarlierTask(TaskId earlier, Duration window)
          && known(pushRequest.push().app(), earlier, window).isEmpty()) {
        throw PushOptions.unknownOverride(earlier.toString());
      }
    }
  }

  private Optional<Task> known(AppId app, TaskId id, Duration window) {
    return engine
        .tasks()
        .find(app, id)
        .filter(task -> !task.validity().acceptedAt().isBefore(clock.instant().minus(window)));
  }

  /// Returns the body of a call as a push object.
  static Fields body(Call call) {
    if (call.header("X-Encrypt-Type").filter(type -> !type.isBlank()).isPresent()) {
      throw new JpushException(
          JpushError.INVALID,
          "X-Encrypt-Type: encrypted pushes cannot be read here, the key is the vendor's");
    }
    return Json.read(Body.of(call.body().bytes()))
        .filter(ObjectNode.class::isInstance)
        .map(node -> Fields.of((ObjectNode) node))
        .orElseThrow(
            () ->
                new JpushException(
                    JpushError.INVALID, "Parameter is invalid, not a valid JSON format"));
  }

  /// Source: "消息覆盖与撤回": an empty 200, or 1003 "msgid doesn't exist". Again is answered alike.
  public Reply recall(Caller caller, Call call) {
    AppId app = caller.app().id();
    TaskId task =
        TaskId.parse(call.param("msgid"))
            .flatMap(id -> known(app, id, config.recallWindow()))
            .map(Task::id)
            .orElseThrow(() -> new JpushException(JpushError.INVALID, UNKNOWN));
    RecallResult outcome =
        engine.recalls().recall(app, task, new Scope.WholeTask(), JpushConfig.ORIGIN);
    return switch (outcome) {
      case RecallResult.Active _, RecallResult.Preview _ -> config.emptyReply();
      case RecallResult.NotFound _, RecallResult.TooOld _ ->
          throw new JpushException(JpushError.INVALID, UNKNOWN);
    };
  }

  /// `count` ids, 1 to 1000; both types are alike.
  public Reply cids(Caller caller, Call call) {
    Fields query = Fields.of(QueryParameters.parse(call.query()));
    long count = query.number("count", 1, MAX_CIDS).orElse(1L);
    query.choice("type", List.of("push", "schedule"), type -> type);
    var list = Json.array();
    for (long i = 0; i < count; i++) {
      list.add(cidKeys.create(caller.key()));
    }
    return Reply.json(200, Json.write(Json.object().set("cidlist", list)));
  }

  /// Our own channel has no quota, and there is no other.
  public Reply quota(Caller caller, Call call) {
    var data = Json.object();
    for (String vendor : List.of("xiaomi_quota", "oppo_quota", "vivo_quota")) {
      var quota = data.putObject(vendor);
      quota.putObject("system").put("total", -1).put("used", 0);
      quota.putObject("operation").put("total", -1).put("used", 0);
    }
    ObjectNode body = Json.object().put("code", 0).put("message", "success");
    return Reply.json(200, Json.write(body.set("data", data)));
  }
}
