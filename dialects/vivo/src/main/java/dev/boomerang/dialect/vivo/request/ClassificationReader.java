// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.vivo.request;

import dev.boomerang.dialect.vivo.base.VivoConfig.Categories;
import dev.boomerang.dialect.vivo.base.VivoError;
import dev.boomerang.dialect.vivo.base.VivoException;
import dev.boomerang.web.field.Fields;
import java.util.Optional;

/// Reads `classification` and `category`, which tell system messages from operational ones.
record ClassificationReader(Categories categories) {
  private static final int MAX_CATEGORY = 64;

  /// Returns whether a message is a system one. Where its caller does not say, that follows from
  /// the category; where it gives neither, it is operational. A category that the settings have in
  /// both classes fits either.
  boolean isSystem(Fields body) {
    Optional<Long> classification = body.number("classification", 0, 1);
    Optional<String> category = body.text("category", MAX_CATEGORY).filter(text -> !text.isEmpty());
    if (category.isEmpty()) {
      return classification.orElse(0L) == 1;
    }
    boolean fitsSystem = categories.system().contains(category.get());
    boolean fitsOperational = categories.operational().contains(category.get());
    if (!fitsSystem && !fitsOperational) {
      throw new VivoException(VivoError.CATEGORY, category.get());
    }
    boolean system = classification.map(number -> number == 1).orElse(!fitsOperational);
    if (system ? !fitsSystem : !fitsOperational) {
      throw new VivoException(VivoError.CATEGORY_CLASS, category.get());
    }
    return system;
  }
}
