// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui.wire;

import dev.boomerang.dialect.getui.access.Authenticator;
import dev.boomerang.dialect.getui.access.Caller;
import dev.boomerang.web.field.Fields;
import dev.boomerang.web.text.InvalidFieldException.Kind;
import java.util.List;
import java.util.Optional;

/// Checks that the app which a request names is the one that its key is for.
final class AppIdCheck {
  private static final String LIST = "appIdList";

  private final Authenticator authenticator;

  AppIdCheck(Authenticator authenticator) {
    this.authenticator = authenticator;
  }

  /// Checks an app that must be there. Actions spell its field in two ways; of a list only the
  /// first counts.
  void checkRequired(Caller caller, Fields fields) {
    if (!checkIfPresent(caller, fields)) {
      throw fields.invalid("appId", Kind.MISSING, "must be given");
    }
  }

  /// Checks the app if there is one; returns false if there is none.
  boolean checkIfPresent(Caller caller, Fields fields) {
    Optional<String> app =
        LenientFields.name(fields, "appId")
            .or(() -> LenientFields.name(fields, "appid"))
            .or(() -> firstListed(fields));
    app.ifPresent(id -> check(caller, id));
    return app.isPresent();
  }

  /// Returns the first app of `appIdList`. A key is for one app only, so no request has a second
  /// one that could be pushed to.
  private static Optional<String> firstListed(Fields fields) {
    List<String> apps = LenientFields.names(fields, LIST, 100);
    return apps.stream().findFirst();
  }

  /// Refuses an app that is not the caller's, with one result for an app of another key and another
  /// for an app that does not exist, as the vendor tells them apart.
  void check(Caller caller, String app) {
    if (!caller.id().value().equals(app)) {
      throw new WireResultException(
          authenticator.app(app).isPresent() ? WireResult.FOREIGN_APP : WireResult.UNKNOWN_APP);
    }
  }
}
