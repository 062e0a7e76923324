// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui.user;

import java.util.List;

/// Names users as callers do, by cid or by alias.
public sealed interface Recipients {
  List<String> names();

  record Cids(List<String> names) implements Recipients {
    public Cids {
      names = List.copyOf(names);
    }
  }

  record Aliases(List<String> names) implements Recipients {
    public Aliases {
      names = List.copyOf(names);
    }
  }
}
