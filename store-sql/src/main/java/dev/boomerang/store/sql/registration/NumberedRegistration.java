// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.store.sql.registration;

import dev.boomerang.model.app.AppId;
import dev.boomerang.model.registration.AudienceAttributes;
import dev.boomerang.model.registration.Platform;
import dev.boomerang.model.registration.RegistrationId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;

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
  public static NumberedRegistration read(ResultSet row) throws SQLException {
    return new NumberedRegistration(
        new RegistrationId(row.getString(1)),
        row.getInt(2),
        new AudienceAttributes(
            new AppId(row.getString(3)),
            Platform.parse(row.getString(4)).orElseThrow(),
            row.getString(5) != null,
            Instant.ofEpochMilli(row.getLong(6)),
            row.getInt(7) == 1));
  }
}
