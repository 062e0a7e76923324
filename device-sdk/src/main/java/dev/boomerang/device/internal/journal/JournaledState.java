// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.device.internal.journal;

import dev.boomerang.device.internal.json.Json;
import java.util.List;

/** A part of the client's state that is kept in the journal. */
public interface JournaledState {

  /** Applies one record, stored or new; ignores those of other states. */
  void apply(Json record);

  /** Returns the records that restore this state. */
  List<Json> snapshot();
}
