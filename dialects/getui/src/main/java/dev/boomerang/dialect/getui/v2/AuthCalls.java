// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui.v2;

import dev.boomerang.dialect.getui.GetuiServices;
import dev.boomerang.dialect.getui.access.Caller;
import dev.boomerang.dialect.getui.access.LoginTokens;
import dev.boomerang.dialect.getui.limit.Quota;
import dev.boomerang.web.field.Fields;
import dev.boomerang.web.field.Json;
import dev.boomerang.web.http.Call;
import dev.boomerang.web.http.Reply;
import dev.boomerang.web.text.InvalidFieldException.Kind;

/// Logs apps in and out at `/auth`. An app may have many tokens at once.
///
/// Source: Getui "RestAPI V2", authentication.
final class AuthCalls {
  private final GetuiServices getui;

  AuthCalls(GetuiServices getui) {
    this.getui = getui;
  }

  /// Answers a new token and when it ends, in milliseconds since 1970, as text. The sign is checked
  /// before the quota, so that strangers cannot use it up.
  Reply open(Call call) {
    Fields body = RequestBody.of(call);
    String sign = body.requiredText("sign", 128);
    String timestamp = body.requiredText("timestamp", 20);
    String appKey = body.requiredText("appkey", 64);
    Caller caller =
        getui
            .authenticator()
            .byAppKey(appKey)
            .filter(it -> it.id().value().equals(call.param("appId")))
            .orElseThrow(
                () ->
                    body.invalid("appkey", Kind.MALFORMED, "the app of this path has no such key"));
    if (!caller.key().active()) {
      throw new V2CodeException(V2Code.BLACKLISTED);
    }
    if (!getui.authenticator().isRestSign(caller, timestamp, sign)) {
      // As the vendor was seen to say it, also for a clock that is wrong:
      // getui-pushapi-java-client-v2, issue 30.
      throw new V2CodeException(V2Code.PARAMETER, "sign is invalid");
    }
    getui.quotas().take(caller.id(), Quota.AUTH_MINUTE);
    LoginTokens.Issued issued = getui.tokens().issue(caller);
    return V2Replies.of(
        Json.object()
            .put("token", issued.token())
            .put("expire_time", Long.toString(issued.expiresAt().toEpochMilli())));
  }

  /// Ends a token; it needs no other token than that.
  Reply close(Caller caller, Call call) {
    getui.tokens().revoke(caller.id(), call.param("token"));
    return V2Replies.success();
  }
}
