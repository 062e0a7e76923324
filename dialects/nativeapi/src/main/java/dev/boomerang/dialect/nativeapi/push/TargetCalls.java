// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.nativeapi.push;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.dialect.nativeapi.base.NativeError;
import dev.boomerang.dialect.nativeapi.request.AudienceReader;
import dev.boomerang.dialect.nativeapi.request.RequestBody;
import dev.boomerang.engine.accept.AddTargetsResult;
import dev.boomerang.engine.accept.Submissions;
import dev.boomerang.lifecycle.Delivery;
import dev.boomerang.model.app.App;
import dev.boomerang.model.push.TaskId;
import dev.boomerang.web.field.Fields;
import dev.boomerang.web.field.Json;
import dev.boomerang.web.http.Call;
import dev.boomerang.web.http.Reply;
import java.util.List;
import java.util.Optional;

/// `POST /api/v1/tasks/{id}/targets`: more targets for an open task.
public final class TargetCalls {
  private final Submissions submissions;

  public TargetCalls(Submissions submissions) {
    this.submissions = submissions;
  }

  /// Adds targets to an open task and returns their deliveries, which are stored durably by then. A
  /// registration that the task has already keeps its delivery, so the call may be repeated.
  /// Answers 409 if the task takes no more.
  public Reply add(App app, Call call) {
    Fields body = RequestBody.of(call);
    var audience = AudienceReader.named(body);
    Optional<TaskId> task = TaskId.parse(call.param("id"));
    return task.isEmpty()
        ? NativeError.NOT_FOUND.reply()
        : switch (submissions.add(app.id(), task.get(), audience)) {
          case AddTargetsResult.Added(var _, var deliveries, var unreached) ->
              Reply.json(200, Json.write(json(deliveries, unreached)));
          case AddTargetsResult.Closed _ -> NativeError.CLOSED.reply();
          case AddTargetsResult.NotFound _ -> NativeError.NOT_FOUND.reply();
          case AddTargetsResult.Refused(var why) ->
              NativeError.INVALID_FIELD.reply(why.reason(), AudienceReader.memberOf(body));
        };
  }

  private static ObjectNode json(List<Delivery> deliveries, List<String> unreached) {
    ObjectNode json = Json.object();
    var list = json.putArray("deliveries");
    deliveries.forEach(
        each ->
            list.add(
                Json.object()
                    .put("registration", each.id().registration().value())
                    .put("state", each.state().status().wire())));
    var nobody = json.putArray("unreached");
    unreached.forEach(nobody::add);
    return json;
  }
}
