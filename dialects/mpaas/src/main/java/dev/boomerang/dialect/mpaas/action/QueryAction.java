// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.mpaas.action;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.dialect.mpaas.error.ResultCode;
import dev.boomerang.dialect.mpaas.error.ResultException;
import dev.boomerang.web.field.Json;
import java.math.BigDecimal;
import java.math.RoundingMode;

/// An action that answers with `ResultContent` instead of `PushResult`.
///
/// Nothing in that shape has room for what is wrong but `ResultMessage`, so here it begins with the
/// code's name and goes on to name the parameter.
public interface QueryAction extends ApiAction {

  @Override
  default ObjectNode errorResponse(ResultException fault) {
    return PushResult.response(fault.code().code(), fault.text());
  }

  /// Returns an answer whose content is wrapped in `Data`.
  static ObjectNode data(JsonNode data) {
    return content(Json.object().set("Data", data));
  }

  static ObjectNode content(JsonNode content) {
    return PushResult.response(PushResult.OK, ResultCode.SUCCESS.text())
        .set("ResultContent", content);
  }

  /// Returns a number as the SDKs' models have it: with a fraction and without an exponent, which
  /// not every client's JSON reader accepts.
  static JsonNode decimal(long number) {
    return DecimalNode.valueOf(BigDecimal.valueOf(number).setScale(1));
  }

  /// Returns the percentage of `whole` that `part` is; 0 if `whole` is 0.
  static JsonNode percent(long part, long whole) {
    return DecimalNode.valueOf(
        whole == 0
            ? BigDecimal.valueOf(0, 1)
            : BigDecimal.valueOf(part * 100)
                .divide(BigDecimal.valueOf(whole), 2, RoundingMode.HALF_UP));
  }
}
