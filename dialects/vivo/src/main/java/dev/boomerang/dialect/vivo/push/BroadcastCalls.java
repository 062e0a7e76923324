// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.vivo.push;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.dialect.vivo.VivoDialect.AuthenticatedCall;
import dev.boomerang.dialect.vivo.base.AppQuotas;
import dev.boomerang.dialect.vivo.request.PushRequest;
import dev.boomerang.dialect.vivo.request.PushRequestReader;
import dev.boomerang.dialect.vivo.tag.TagCatalogs;
import dev.boomerang.dialect.vivo.tag.TagExpression;
import dev.boomerang.engine.Engine;
import dev.boomerang.engine.accept.Submissions;
import dev.boomerang.engine.accept.SubmitResult;
import dev.boomerang.model.app.AppId;
import dev.boomerang.model.push.Audience;
import dev.boomerang.model.push.Push;
import dev.boomerang.model.push.RequestKey;
import dev.boomerang.model.registration.Segment;
import java.util.List;
import java.util.Optional;

/// `/message/all` and `/message/tagPush`: one message for everyone, or for those of some tags. One
/// that nobody is there for has a task all the same.
public final class BroadcastCalls {
  private final Submissions submissions;
  private final TagCatalogs books;
  private final PushRequestReader orders;
  private final IdempotencyWindow repeats;
  private final AppQuotas quotas;
  private final Segment testDevices;

  public BroadcastCalls(
      Engine engine,
      TagCatalogs books,
      PushRequestReader orders,
      IdempotencyWindow repeats,
      AppQuotas quotas,
      String testTag) {
    this.submissions = engine.submissions();
    this.books = books;
    this.orders = orders;
    this.repeats = repeats;
    this.quotas = quotas;
    this.testDevices = new Segment.HasTag(testTag);
  }

  public ObjectNode pushToAll(AuthenticatedCall ask) {
    PushRequest order = orders.read(ask, PushRequest.Kind.ALL);
    AppId app = ask.app().id();
    Audience audience =
        order.test()
            ? new Audience.BySegment(testDevices)
            : Audience.Everyone.all(Optional.empty());
    return repeats.submitOnce(
        IdempotencyWindow.callKey(ask, PushRequest.Kind.ALL.path(), order.requestId()),
        key -> {
          quotas.takeBroadcast(app, order.system());
          return submit(order, app, audience, key);
        });
  }

  public ObjectNode pushToTags(AuthenticatedCall ask) {
    PushRequest order = orders.read(ask, PushRequest.Kind.TAG_PUSH);
    TagExpression expression = TagExpression.read(ask.fields(), "tagExpression");
    AppId app = ask.app().id();
    return repeats.submitOnce(
        IdempotencyWindow.callKey(ask, PushRequest.Kind.TAG_PUSH.path(), order.requestId()),
        key -> {
          quotas.takeTagPush(app, order.system());
          Segment tagged = books.read(app).segment(expression);
          Segment whom = order.test() ? new Segment.All(List.of(tagged, testDevices)) : tagged;
          return submit(order, app, new Audience.BySegment(whom), key);
        });
  }

  private ObjectNode submit(PushRequest order, AppId app, Audience audience, RequestKey key) {
    Push push = order.push(app, audience, key);
    SubmitResult outcome = submissions.submit(push);
    return SubmitResponse.reply(
        outcome instanceof SubmitResult.NobodyMatches ? submissions.withhold(push) : outcome);
  }
}
