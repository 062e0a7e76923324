// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.mpaas.error;

import dev.boomerang.model.text.WellFormedText;

/// Thrown when the service refuses a call. The gateway alone turns it into an answer.
public final class ResultException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final ResultCode code;
  private final String parameter;
  private final String problem;

  /// Creates the exception. `problem` completes a sentence that begins with the parameter's name:
  /// "must not be blank".
  public ResultException(ResultCode code, String parameter, String problem) {
    super(
        code.text() + ": " + WellFormedText.visible(parameter) + " " + problem, null, false, false);
    this.code = code;
    this.parameter = parameter;
    this.problem = problem;
  }

  public ResultCode code() {
    return code;
  }

  public String parameter() {
    return parameter;
  }

  /// Returns the same problem under another code.
  public ResultException withCode(ResultCode other) {
    return new ResultException(other, parameter, problem);
  }

  /// Returns the name of the code, then which parameter is wrong and why.
  public String text() {
    return String.valueOf(getMessage());
  }
}
