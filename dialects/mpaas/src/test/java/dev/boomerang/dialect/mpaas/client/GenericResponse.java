// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.mpaas.client;

import com.aliyuncs.AcsResponse;
import com.aliyuncs.transform.UnmarshallerContext;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// What the core's own reader made of an answer, from which the generated response classes of
/// Aliyun's mpaas module take their fields.
public final class GenericResponse extends AcsResponse {
  private final Map<String, String> read = new HashMap<>();

  @Override
  public AcsResponse getInstance(UnmarshallerContext context) {
    read.putAll(context.getResponseMap());
    return this;
  }

  /// As the generated classes have it: lists are plain arrays.
  @Override
  public boolean checkShowJsonItemName() {
    return false;
  }

  /// By JSON pointer; the reader writes `/List/0/UniqueId` as `.List[0].UniqueId`, under the
  /// class's name.
  Optional<String> at(String pointer) {
    String path = pointer.replaceAll("/(\\d+)", "[$1]").replace('/', '.');
    return Optional.ofNullable(read.get(GenericResponse.class.getSimpleName() + path));
  }
}
