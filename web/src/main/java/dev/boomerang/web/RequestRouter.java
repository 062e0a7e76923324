// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.web;

import dev.boomerang.web.http.Call;
import dev.boomerang.web.http.Reply;

/// Routes everything that a server serves, in two steps: at a request's head where it goes, and
/// once its body is there for the answer.
public interface RequestRouter {

  /// Returns where a request goes, by its head. It must not block.
  Match match(Call head);

  /// Returns the reply of the path's dialect to a refusal, with the headers its status requires.
  /// Must not block.
  Reply refuse(Refusal refusal, Call head);

  sealed interface Match {
    record Found(Endpoint endpoint, HeadAuthenticator authenticator) implements Match {}

    record None(Refusal refusal) implements Match {}
  }

  /// Returns a router with one endpoint at every path.
  static RequestRouter of(Endpoint endpoint) {
    var everywhere = new Match.Found(endpoint, HeadAuthenticator.NONE);
    return new RequestRouter() {
      @Override
      public Match match(Call head) {
        return everywhere;
      }

      @Override
      public Reply refuse(Refusal refusal, Call head) {
        return refusal.withHeaders(refusal.plain());
      }
    };
  }
}
