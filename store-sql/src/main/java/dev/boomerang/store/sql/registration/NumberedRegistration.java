// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.store.sql.registration;

import dev.boomerang.model.app.AppId;
import dev.boomerang.model.registration.AudienceAttributes;
import dev.boomerang.model.registration.Platform;
import dev.boomerang.model.registration.RegistrationId;
import dev.boomerang.store.sql.jdbc.Row;
import java.sql.SQLException;

/// Holds a registration with the number that the store gave it, which is its position in bitmaps.
public record NumberedRegistration(
    RegistrationId id, int number, AudienceAttributes audienceAttributes) {

  public int chunk() {
    return NumberChunks.chunk(number);
  }

  /// Returns the position within the chunk.
  public int offset() {
    return NumberChunks.offset(number);
  }

  /// Reads a row of
  /// [Tables.AUDIENCE_ATTRIBUTES][dev.boomerang.store.sql.schema.Tables#AUDIENCE_ATTRIBUTES].
  public static NumberedRegistration read(Row row) throws SQLException {
    return new NumberedRegistration(
        new RegistrationId(row.getString("id")),
        row.getInt("number"),
        new AudienceAttributes(
            new AppId(row.getString("app")),
            Platform.parse(row.getString("platform")).orElseThrow(),
            row.getOptionalString("user_id").isPresent(),
            row.getInstant("bound_at"),
            row.getFlag("blocked")));
  }
}
