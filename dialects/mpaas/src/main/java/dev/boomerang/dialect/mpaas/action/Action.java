// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.mpaas.action;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.dialect.mpaas.error.ResultException;
import dev.boomerang.dialect.mpaas.request.ActionParams;
import dev.boomerang.model.app.App;
import java.util.List;

/// One call of the service. Called only for a caller who holds a key of `app`, with every mandatory
/// parameter present.
public interface Action {
  /// The name under which the engine knows what comes in by this dialect.
  String ORIGIN = "mpaas";

  /// As in the parameter `Action`.
  String name();

  /// Parameters that must be present, besides `AppId` and `WorkspaceId`.
  List<String> mandatory();

  /// Does it; the answer is without `RequestId`. Throws [ResultException] if it cannot, and then
  /// nothing has been done.
  ObjectNode execute(App app, ActionParams params);

  /// This action's way to say no.
  default ObjectNode errorResponse(ResultException fault) {
    return PushResult.refused(fault);
  }
}
