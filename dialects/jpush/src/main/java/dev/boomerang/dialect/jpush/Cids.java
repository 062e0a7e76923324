// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.jpush;

import java.util.UUID;
import java.util.regex.Pattern;

/// Ids that make a push happen once: `{appkey}-{uuid}`.
final class Cids {
  private static final Pattern FORM =
      Pattern.compile("[A-Za-z0-9-]{1,64}-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

  private Cids() {}

  static String mint(String key) {
    return key + "-" + UUID.randomUUID();
  }

  static boolean isOne(String text) {
    return FORM.matcher(text).matches();
  }
}
