// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.nativeapi.request;

import dev.boomerang.web.field.Fields;
import dev.boomerang.web.http.Body;
import dev.boomerang.web.http.Call;
import java.util.Set;

/// Reads the JSON body of a call. Empty lists and objects count as absent, but for those that say
/// when a push goes out: a forgotten time must not send it at once.
public final class RequestBody {
  private static final Set<String> MEANT = Set.of("schedule", "pace");

  private RequestBody() {}

  /// Returns the members of a body that must be a JSON object.
  public static Fields of(Call call) {
    return of(call.body());
  }

  /// Reads a body as [#of] does, where no body at all is an object without members.
  public static Fields orNone(Call call) {
    return of(call.body().isEmpty() ? Body.of("{}") : call.body());
  }

  private static Fields of(Body body) {
    return Fields.of(body, "body").withoutEmpty(MEANT);
  }
}
