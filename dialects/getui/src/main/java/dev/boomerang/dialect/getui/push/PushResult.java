// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui.push;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// A push to users that were named: what it is called, and what became of it for each cid; for each
/// alias and its cids too where it was for aliases. In the order in which they were named.
public record PushResult(
    TaskName name,
    Map<String, TargetStatus> statusByCid,
    Map<String, Map<String, TargetStatus>> statusesByAlias) {
  public PushResult {
    statusByCid = Collections.unmodifiableMap(new LinkedHashMap<>(statusByCid));
    statusesByAlias = Collections.unmodifiableMap(new LinkedHashMap<>(statusesByAlias));
  }
}
