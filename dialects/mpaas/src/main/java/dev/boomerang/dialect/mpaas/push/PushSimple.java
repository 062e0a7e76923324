// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.mpaas.push;

import static dev.boomerang.dialect.mpaas.error.ResultCode.PAYLOAD_NOT_ENOUGH;
import static dev.boomerang.dialect.mpaas.error.ResultCode.SINGLE_PUSH_CONTENT_TOO_LONG;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.dialect.mpaas.action.ApiAction;
import dev.boomerang.dialect.mpaas.content.ClickActionParam;
import dev.boomerang.dialect.mpaas.content.ExtendedParams;
import dev.boomerang.dialect.mpaas.content.ImageParams;
import dev.boomerang.dialect.mpaas.error.ResultException;
import dev.boomerang.dialect.mpaas.request.ActionParams;
import dev.boomerang.model.app.App;
import dev.boomerang.model.push.Content;
import dev.boomerang.model.push.Content.Click;
import dev.boomerang.model.push.Content.Notification;
import dev.boomerang.model.push.Push;
import dev.boomerang.model.push.Source;
import java.util.List;
import java.util.Optional;

/// Pushes a message whose text is in the call to at most ten targets.
///
/// Source: mPaaS "极简推送".
public final class PushSimple implements ApiAction {
  private final PushSender pushSender;

  public PushSimple(PushSender pushSender) {
    this.pushSender = pushSender;
  }

  @Override
  public String name() {
    return "PushSimple";
  }

  @Override
  public List<String> mandatory() {
    return List.of(
        PushParams.DELIVERY_TYPE,
        PushParams.TARGET_MSGKEY,
        PushParams.EXPIRED_SECONDS,
        "Title",
        "Content");
  }

  @Override
  public ObjectNode execute(App app, ActionParams params) {
    var push =
        new Push(
            app.id(),
            pushSender.taskName(params),
            TargetParams.audience(params),
            content(params),
            pushSender.options(params, Source.of(ApiAction.ORIGIN)));
    pushSender.checkPayload(push.content(), "Content");
    return pushSender.submit(push, params);
  }

  private Notification content(ActionParams params) {
    String title = params.required("Title", PAYLOAD_NOT_ENOUGH);
    String body = params.required("Content", PAYLOAD_NOT_ENOUGH);
    int bytes = title.getBytes(UTF_8).length + body.getBytes(UTF_8).length;
    int most = pushSender.settings().maxPayloadBytes();
    if (bytes > most) {
      throw new ResultException(
          SINGLE_PUSH_CONTENT_TOO_LONG,
          "Content",
          "and Title together have %d bytes, at most %d".formatted(bytes, most));
    }
    return new Notification(
        title,
        body,
        ImageParams.read(params),
        click(params),
        params.flag("Silent").orElse(false),
        ExtendedParams.read(params));
  }

  /// Returns what a click does; without a `Uri` the notification opens the app.
  private static Optional<Click> click(ActionParams params) {
    Content.Action action = ClickActionParam.read(params).orElse(Content.Action.URL);
    return params.text("Uri").map(uri -> new Click(action, uri));
  }
}
