// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.mpaas.error;

import dev.boomerang.model.text.WellFormedText;

/// The service refuses a call. Turned into an answer in
/// [Gateway][dev.boomerang.dialect.mpaas.gateway.Gateway] and nowhere else.
public final class ResultException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final ResultCode code;
  private final String parameter;
  private final String problem;

  /// `problem` completes a sentence that begins with the parameter's name: "must not be blank".
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

  /// The same problem under another code.
  public ResultException withCode(ResultCode other) {
    return new ResultException(other, parameter, problem);
  }

  /// The code's name and then, in words, which parameter is wrong and why.
  public String text() {
    return String.valueOf(getMessage());
  }
}
