// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.jpush.push;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.dialect.jpush.base.Authenticator.Caller;
import dev.boomerang.dialect.jpush.base.JpushError;
import dev.boomerang.dialect.jpush.base.JpushException;
import dev.boomerang.dialect.jpush.request.PushRequest;
import dev.boomerang.dialect.jpush.request.PushRequestReader;
import dev.boomerang.web.field.Fields;
import dev.boomerang.web.field.Json;
import dev.boomerang.web.http.Call;
import dev.boomerang.web.http.Reply;
import dev.boomerang.web.text.InvalidFieldException.Kind;
import java.util.function.Supplier;

/// Pushes to a group of apps. Here a group is one app; see
/// [Authenticator][dev.boomerang.dialect.jpush.base.Authenticator]. What overrides is not for
/// groups.
///
/// Source: JPush "Push API v3", group push.
public final class GroupCalls {
  private final PushRequestReader pushRequestReader;
  private final PushCalls pushes;
  private final PushSender sender;

  public GroupCalls(PushRequestReader pushRequestReader, PushCalls pushes, PushSender sender) {
    this.pushRequestReader = pushRequestReader;
    this.pushes = pushes;
    this.sender = sender;
  }

  public Reply push(Caller caller, Call call) {
    Fields body = body(caller, call);
    return answer(caller, body, () -> pushRequestReader.read(caller.app(), body));
  }

  public Reply file(Caller caller, Call call) {
    Fields body = body(caller, call);
    return answer(caller, body, () -> pushes.readFile(caller, body));
  }

  private static Fields body(Caller caller, Call call) {
    if (!caller.isGroup()) {
      throw new JpushException(JpushError.AUTHENTICATION, "This call takes the key of a group.");
    }
    return PushCalls.body(call);
  }

  private static void checkOptions(Fields body) {
    Fields options = body.object("options");
    if (options.number("override_msg_id", 0, Long.MAX_VALUE).orElse(0L) != 0) {
      throw options.invalid("override_msg_id", Kind.MALFORMED, "is not for group pushes");
    }
  }

  private Reply answer(Caller caller, Fields body, Supplier<PushRequest> read) {
    PushResult result =
        sender.send(
            caller,
            body,
            () -> {
              checkOptions(body);
              return read.get();
            });
    ObjectNode group = Json.object().put("group_msgid", result.messageId());
    return Reply.json(200, Json.write(group.set(caller.key().id(), result.json())));
  }
}
