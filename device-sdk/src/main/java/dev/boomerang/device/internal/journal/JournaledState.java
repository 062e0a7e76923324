// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.device.internal.journal;

import dev.boomerang.device.internal.json.Json;
import java.util.List;

/** A part of the client's state that is kept in the journal. */
public interface JournaledState {

  /** Takes in one record, old or new; ignores those of other chapters. */
  void apply(Json record);

  /** The records from which all of this can be had again. */
  List<Json> snapshot();
}
