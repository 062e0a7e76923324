// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.mpaas.action;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.dialect.mpaas.error.ResultException;
import dev.boomerang.dialect.mpaas.request.ActionParams;
import dev.boomerang.model.app.App;
import java.util.List;

/// An action of the service. The gateway calls it only for a caller with a key of `app`, and only
/// if every mandatory parameter is present.
public interface ApiAction {
  /// The name under which the engine knows what comes in by this dialect.
  String ORIGIN = "mpaas";

  /// Returns the name, as in the parameter `ApiAction`.
  String name();

  /// Returns the parameters that must be present, besides `AppId` and `WorkspaceId`.
  List<String> mandatory();

  /// Executes the action and returns its answer, without `RequestId`. Throws [ResultException] if
  /// it cannot; then nothing has been done.
  ObjectNode execute(App app, ActionParams params);

  /// Returns this action's answer to an error.
  default ObjectNode errorResponse(ResultException fault) {
    return PushResult.refused(fault);
  }
}
