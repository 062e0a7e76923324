// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui.push;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// Is the result of a push to named users: the task's name, and the status of each cid, in the
/// order in which they were named. Aliases have the status of each of their cids as well.
public record PushResult(
    GetuiTaskId name,
    Map<String, TargetStatus> statusByCid,
    Map<String, Map<String, TargetStatus>> statusesByAlias) {
  public PushResult {
    statusByCid = Collections.unmodifiableMap(new LinkedHashMap<>(statusByCid));
    statusesByAlias = Collections.unmodifiableMap(new LinkedHashMap<>(statusesByAlias));
  }
}
