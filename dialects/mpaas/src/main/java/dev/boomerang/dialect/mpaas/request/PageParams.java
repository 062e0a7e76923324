// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.mpaas.request;

import static dev.boomerang.dialect.mpaas.error.ResultCode.INVALID_PARAM;

/// The part of a list that a call asks for.
public record PageParams(int skip, int size) {
  private static final String NUMBER = "PageNumber";
  public static final String SIZE = "PageSize";

  /// Source: "使用分析", "定时推送任务": page 1 of 500 unless said otherwise.
  private static final long DEFAULT_SIZE = 500;

  /// The vendor states no upper limits; these keep an answer, and a number of rows, within bounds.
  private static final long MAX_SIZE = 1_000;

  private static final long MAX_NUMBER = 1_000_000;

  public static PageParams of(ActionParams params) {
    return of(params, NUMBER, DEFAULT_SIZE, MAX_SIZE);
  }

  /// Reads the page of an action that has another name for the number, or other sizes.
  public static PageParams of(
      ActionParams params, String parameter, long defaultSize, long maxSize) {
    long number = params.number(parameter, 1, MAX_NUMBER, INVALID_PARAM).orElse(1L);
    long size = params.number(SIZE, 1, maxSize, INVALID_PARAM).orElse(defaultSize);
    return new PageParams(Math.toIntExact((number - 1) * size), Math.toIntExact(size));
  }

  /// Pages count from 1.
  public int number() {
    return skip / size + 1;
  }

  public boolean contains(int index) {
    return index >= skip && index - skip < size;
  }
}
