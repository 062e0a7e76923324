// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.mpaas;

import static dev.boomerang.dialect.mpaas.ResultCode.PAYLOAD_NOT_ENOUGH;
import static dev.boomerang.dialect.mpaas.ResultCode.SINGLE_PUSH_CONTENT_TOO_LONG;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.model.app.App;
import dev.boomerang.model.push.Content;
import dev.boomerang.model.push.Content.Click;
import dev.boomerang.model.push.Content.Notification;
import dev.boomerang.model.push.Push;
import dev.boomerang.model.push.Source;
import java.util.List;
import java.util.Optional;

/// One message, its text given in the call, for up to ten targets.
///
/// Source: mPaaS "极简推送".
final class PushSimple implements Action {
  private final Pushes pushes;

  PushSimple(Pushes pushes) {
    this.pushes = pushes;
  }

  @Override
  public String name() {
    return "PushSimple";
  }

  @Override
  public List<String> mandatory() {
    return List.of(
        Pushes.DELIVERY_TYPE, Targets.TARGET_MSGKEY, Pushes.EXPIRED_SECONDS, "Title", "Content");
  }

  @Override
  public ObjectNode answer(App app, Args args) {
    var push =
        new Push(
            app.id(),
            pushes.taskName(args),
            Targets.audience(args),
            content(args),
            pushes.options(args, Source.of(MpaasDialect.ORIGIN)));
    pushes.checkPayload(push.content(), "Content");
    return pushes.send(push, args);
  }

  private Notification content(Args args) {
    String title = args.filled("Title", PAYLOAD_NOT_ENOUGH);
    String body = args.filled("Content", PAYLOAD_NOT_ENOUGH);
    int bytes = title.getBytes(UTF_8).length + body.getBytes(UTF_8).length;
    int most = pushes.config().maxPayloadBytes();
    if (bytes > most) {
      throw new ResultFault(
          SINGLE_PUSH_CONTENT_TOO_LONG,
          "Content",
          "and Title together have %d bytes, at most %d".formatted(bytes, most));
    }
    return new Notification(
        title,
        body,
        Pictures.look(args),
        click(args),
        args.flag("Silent").orElse(false),
        Extras.read(args));
  }

  /// Without a `Uri` there is nowhere to go: the notification opens the app.
  private static Optional<Click> click(Args args) {
    Content.Action action = PushAction.read(args).orElse(Content.Action.URL);
    return args.text("Uri").map(uri -> new Click(action, uri));
  }
}
