// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.vivo.base;

import dev.boomerang.model.app.App;
import dev.boomerang.model.app.AppId;
import dev.boomerang.web.field.Fields;
import dev.boomerang.web.http.Call;

/// A call whose access token is valid, with the app that makes it. `fields` are the members of the
/// body, or the parameters of the query.
public record AuthenticatedCall(App app, Fields fields, Call httpCall) {
  public AppId appId() {
    return app.id();
  }
}
