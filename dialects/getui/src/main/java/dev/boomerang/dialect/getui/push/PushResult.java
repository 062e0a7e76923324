// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui.push;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// A push to users that were named: what it is called, and what became of it for each cid; for each
/// alias and its cids too where it was for aliases. In the order in which they were named.
public record PushResult(
    TaskName name, Map<String, TargetStatus> cids, Map<String, Map<String, TargetStatus>> aliases) {
  public PushResult {
    cids = Collections.unmodifiableMap(new LinkedHashMap<>(cids));
    aliases = Collections.unmodifiableMap(new LinkedHashMap<>(aliases));
  }
}
