// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.jpush.request;

import dev.boomerang.model.push.Push;
import dev.boomerang.model.push.RequestKey;
import dev.boomerang.model.push.Source;
import java.util.Optional;

/// A push as JPush's body asks for it: what the engine is to do, and the number to echo.
public record PushRequest(Push push, String sendno) {

  /// Returns whether it says `"audience": "all"`, be it for all platforms or for some.
  public boolean isBroadcast() {
    return push.options().source().kind() == Source.Kind.BROADCAST;
  }

  /// Returns this request with a key by which it happens once.
  public PushRequest withRequestKey(Optional<RequestKey> key) {
    return new PushRequest(push.with(push.options().requestKey(key)), sendno);
  }
}
