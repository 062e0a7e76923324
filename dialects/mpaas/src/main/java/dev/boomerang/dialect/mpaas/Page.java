// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.mpaas;

import static dev.boomerang.dialect.mpaas.ResultCode.INVALID_PARAM;

/// Which part of a list a call wants.
record Page(int skip, int size) {
  private static final String NUMBER = "PageNumber";
  private static final String SIZE = "PageSize";

  /// Source: "使用分析", "定时推送任务": page 1 of 500 unless said otherwise.
  private static final long DEFAULT_SIZE = 500;

  /// The vendor states no upper limits; these keep an answer, and a number of rows, within bounds.
  private static final long MAX_SIZE = 1_000;

  private static final long MAX_NUMBER = 1_000_000;

  static Page of(Args args) {
    long number = args.number(NUMBER, 1, MAX_NUMBER, INVALID_PARAM).orElse(1L);
    long size = args.number(SIZE, 1, MAX_SIZE, INVALID_PARAM).orElse(DEFAULT_SIZE);
    return new Page(Math.toIntExact((number - 1) * size), Math.toIntExact(size));
  }

  boolean has(int index) {
    return index >= skip && index - skip < size;
  }
}
