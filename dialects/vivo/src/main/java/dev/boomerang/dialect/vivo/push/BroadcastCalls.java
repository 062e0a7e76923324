// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.vivo.push;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.dialect.vivo.base.AppQuotas;
import dev.boomerang.dialect.vivo.base.AuthenticatedCall;
import dev.boomerang.dialect.vivo.push.IdempotencyWindow.CallKey;
import dev.boomerang.dialect.vivo.request.PushRequest;
import dev.boomerang.dialect.vivo.request.PushRequestReader;
import dev.boomerang.dialect.vivo.tag.TagCatalogs;
import dev.boomerang.dialect.vivo.tag.TagExpression;
import dev.boomerang.engine.accept.Submissions;
import dev.boomerang.engine.accept.SubmitResult;
import dev.boomerang.model.app.AppId;
import dev.boomerang.model.push.Audience;
import dev.boomerang.model.push.Push;
import dev.boomerang.model.push.RequestKey;
import dev.boomerang.model.registration.Segment;
import java.util.List;
import java.util.Optional;

/// Answers `/message/all` and `/message/tagPush`, which send one message to everyone or to the
/// devices that tags select. A message that nobody gets has a task all the same.
public final class BroadcastCalls {
  private final Submissions submissions;
  private final TagCatalogs tagCatalogs;
  private final PushRequestReader pushRequestReader;
  private final IdempotencyWindow idempotencyWindow;
  private final AppQuotas quotas;
  private final Segment testDevices;

  public BroadcastCalls(
      Submissions submissions,
      TagCatalogs tagCatalogs,
      PushRequestReader pushRequestReader,
      IdempotencyWindow idempotencyWindow,
      AppQuotas quotas,
      String testTag) {
    this.submissions = submissions;
    this.tagCatalogs = tagCatalogs;
    this.pushRequestReader = pushRequestReader;
    this.idempotencyWindow = idempotencyWindow;
    this.quotas = quotas;
    this.testDevices = new Segment.HasTag(testTag);
  }

  public ObjectNode pushToAll(AuthenticatedCall call) {
    PushRequest request = pushRequestReader.read(call, PushRequest.Kind.ALL);
    AppId app = call.appId();
    Audience audience =
        request.test()
            ? new Audience.BySegment(testDevices)
            : Audience.Everyone.all(Optional.empty());
    return idempotencyWindow.submitOnce(
        CallKey.of(call, PushRequest.Kind.ALL.path(), request.requestId()),
        requestKey -> {
          quotas.takeBroadcast(app, request.system());
          return submit(request, app, audience, requestKey);
        });
  }

  public ObjectNode pushToTags(AuthenticatedCall call) {
    PushRequest request = pushRequestReader.read(call, PushRequest.Kind.TAG_PUSH);
    TagExpression expression = TagExpression.read(call.fields(), "tagExpression");
    AppId app = call.appId();
    return idempotencyWindow.submitOnce(
        CallKey.of(call, PushRequest.Kind.TAG_PUSH.path(), request.requestId()),
        requestKey -> {
          quotas.takeTagPush(app, request.system());
          Segment tagged = tagCatalogs.read(app).segment(expression);
          Segment segment = request.test() ? new Segment.All(List.of(tagged, testDevices)) : tagged;
          return submit(request, app, new Audience.BySegment(segment), requestKey);
        });
  }

  private ObjectNode submit(
      PushRequest request, AppId app, Audience audience, RequestKey requestKey) {
    Push push = request.push(app, audience, requestKey);
    SubmitResult result = submissions.submit(push);
    return SubmitResponse.of(
        result instanceof SubmitResult.NobodyMatches ? submissions.withhold(push) : result);
  }
}
