// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui.wire;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.dialect.getui.GetuiServices;
import dev.boomerang.dialect.getui.access.Caller;
import dev.boomerang.dialect.getui.limit.Quota;
import dev.boomerang.model.app.AppId;
import dev.boomerang.web.field.Fields;
import dev.boomerang.web.http.Call;
import dev.boomerang.web.limit.CallMemory;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Logs callers in and finds who calls. Libraries before 4.1 never send the token that they are
/// given. If the settings allow it, these are known by app key and address for as long as a token
/// lives; everybody who shares their address is let in too.
///
/// Source: Getui "V1 server SDK", authentication.
final class LoginSessions {
  private static final String TOKEN = "authToken";
  private static final int MAX_TOKEN = 256;

  /// Matches a library's version. The numbers have four digits at most, so that they fit an `int`.
  private static final Pattern VERSION = Pattern.compile("(\\d{1,4})\\.(\\d{1,4})(\\..*)?");

  private final GetuiServices getui;

  /// Holds the apps with a library that has connected and sends no token.
  private final Set<AppId> tokenlessApps = ConcurrentHashMap.newKeySet();

  /// Holds the apps for which the log has said that such a library is refused.
  private final Set<AppId> loggedApps = ConcurrentHashMap.newKeySet();

  LoginSessions(GetuiServices getui) {
    this.getui = getui;
  }

  /// Returns the caller that an app key names; throws [WireResult#APP_KEY] if it is unknown,
  /// [WireResult#BLACK_APP] if it is switched off.
  Caller callerOf(Fields fields) {
    Caller caller =
        getui
            .authenticator()
            .byAppKey(fields.requiredText("appkey", LenientFields.MAX_NAME))
            .orElseThrow(() -> new WireResultException(WireResult.APP_KEY));
    if (!caller.key().active()) {
      throw new WireResultException(WireResult.BLACK_APP);
    }
    return caller;
  }

  /// Logs a caller in and answers a new token; older tokens of the app stay valid. The sign is
  /// checked before the quota, so that strangers cannot use it up.
  ObjectNode connect(Call call, Fields fields) {
    Caller caller = callerOf(fields);
    String timestamp = fields.requiredText("timeStamp", 20);
    String sign = fields.requiredText("sign", LenientFields.MAX_NAME);
    if (!getui.authenticator().isWireSign(caller, timestamp, sign)) {
      throw new WireResultException(WireResult.SIGN);
    }
    getui.quotas().take(caller.id(), Quota.AUTH_MINUTE);
    if (isTokenless(fields)) {
      tokenlessApps.add(caller.id());
      if (getui.config().addressSessions()) {
        getui.tokens().openAddressSession(caller, addressSessionId(caller, call));
      }
    }
    return WireReplies.of(WireResult.CONNECTED)
        .put("authtoken", getui.tokens().issue(caller).token());
  }

  /// Returns the logged-in caller and counts the call; [WireResult#SIGN] makes libraries connect.
  Caller caller(Call call, Fields fields) {
    Caller caller = authenticated(call, fields);
    getui.quotas().take(caller.id(), Quota.CALLS_MINUTE);
    return caller;
  }

  /// Does what [#caller] does without counting the call.
  Caller authenticated(Call call, Fields fields) {
    Caller caller = callerOf(fields);
    Optional<String> token = token(fields);
    // A token that is wrong is not helped by the address: who sends one is known by it alone.
    Optional<String> key =
        token.isPresent()
            ? getui.tokens().key(caller.id(), token.get())
            : Optional.of(addressSessionId(caller, call))
                .filter(_ -> getui.config().addressSessions())
                .flatMap(session -> getui.tokens().addressSessionKey(caller.id(), session));
    // The session must be that of the key in this request, not of another key of the same app.
    if (key.filter(caller.key().id()::equals).isEmpty()) {
      if (token.isEmpty()) {
        logRefusal(caller.id());
      }
      throw new WireResultException(WireResult.SIGN);
    }
    CallMemory.identify(caller.account());
    return caller;
  }

  /// Logs once for each app why a library that has connected is still refused.
  private void logRefusal(AppId app) {
    if (!getui.config().addressSessions() && tokenlessApps.contains(app) && loggedApps.add(app)) {
      System.getLogger(LoginSessions.class.getName())
          .log(
              Level.WARNING,
              "event=getui-library-without-token-refused app="
                  + app.value()
                  + " hint=\"libraries before 4.1 send no token;"
                  + " getui-address-sessions=yes knows them by their address\"");
    }
  }

  /// Ends a log-in. The PHP library spells its token in another way here.
  ObjectNode close(Call call, Fields fields) {
    Caller caller = callerOf(fields);
    token(fields)
        .or(() -> fields.text("authtoken", MAX_TOKEN).filter(it -> !it.isBlank()))
        .ifPresentOrElse(
            token -> getui.tokens().revoke(caller.id(), token),
            () -> getui.tokens().closeAddressSession(caller.id(), addressSessionId(caller, call)));
    return WireReplies.ok();
  }

  /// Returns the token that a request has; blank is as good as none.
  private static Optional<String> token(Fields fields) {
    return fields.text(TOKEN, MAX_TOKEN).filter(token -> !token.isBlank());
  }

  /// Returns whether a library is one that sends no token: it is older than 4.1, or does not give a
  /// version that can be read.
  private static boolean isTokenless(Fields fields) {
    Matcher version = VERSION.matcher(fields.text("version", LenientFields.MAX_NAME).orElse(""));
    if (!version.matches()) {
      return true;
    }
    int major = Integer.parseInt(version.group(1));
    return major < 4 || (major == 4 && Integer.parseInt(version.group(2)) < 1);
  }

  /// Returns the id of a caller's address session. Behind proxies it has the address that the
  /// nearest proxy saw, which callers cannot choose.
  private static String addressSessionId(Caller caller, Call call) {
    String forwardedFor = call.header("X-Forwarded-For").orElse("");
    return caller.key().id()
        + " "
        + call.remote()
        + " "
        + forwardedFor.substring(forwardedFor.lastIndexOf(',') + 1).strip();
  }
}
