// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.vivo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.dialect.vivo.VivoDialect.Ask;
import dev.boomerang.dialect.vivo.tag.Expression;
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
final class CrowdCalls {
  private final Submissions submissions;
  private final TagBooks books;
  private final Orders orders;
  private final Repeats repeats;
  private final Quotas quotas;
  private final Segment testDevices;

  CrowdCalls(
      Engine engine,
      TagBooks books,
      Orders orders,
      Repeats repeats,
      Quotas quotas,
      String testTag) {
    this.submissions = engine.submissions();
    this.books = books;
    this.orders = orders;
    this.repeats = repeats;
    this.quotas = quotas;
    this.testDevices = new Segment.HasTag(testTag);
  }

  ObjectNode all(Ask ask) {
    Order order = orders.read(ask, Order.Kind.ALL);
    AppId app = ask.app().id();
    Audience audience =
        order.test()
            ? new Audience.BySegment(testDevices)
            : Audience.Everyone.all(Optional.empty());
    return repeats.task(
        Repeats.of(ask, Order.Kind.ALL.path(), order.requestId()),
        key -> {
          quotas.takeBroadcast(app, order.system());
          return submit(order, app, audience, key);
        });
  }

  ObjectNode tagged(Ask ask) {
    Order order = orders.read(ask, Order.Kind.TAGGED);
    Expression expression = Expression.read(ask.fields(), "tagExpression");
    AppId app = ask.app().id();
    return repeats.task(
        Repeats.of(ask, Order.Kind.TAGGED.path(), order.requestId()),
        key -> {
          quotas.takeTime(app, order.system());
          Segment tagged = books.read(app).segment(expression);
          Segment whom = order.test() ? new Segment.All(List.of(tagged, testDevices)) : tagged;
          return submit(order, app, new Audience.BySegment(whom), key);
        });
  }

  private ObjectNode submit(Order order, AppId app, Audience audience, RequestKey key) {
    Push push = order.push(app, audience, key);
    SubmitResult outcome = submissions.submit(push);
    return Submitted.reply(
        outcome instanceof SubmitResult.NobodyMatches ? submissions.withhold(push) : outcome);
  }
}
