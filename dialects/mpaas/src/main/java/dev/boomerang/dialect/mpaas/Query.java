// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.mpaas;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.web.field.Json;
import java.math.BigDecimal;
import java.math.RoundingMode;

/// An action that answers with `ResultContent` instead of `PushResult`.
///
/// Nothing in that shape has room for what is wrong but `ResultMessage`, so here it begins with the
/// code's name and goes on to name the parameter.
interface Query extends Action {

  @Override
  default ObjectNode refuse(ResultFault fault) {
    return PushResult.whole(fault.code().code(), fault.text());
  }

  /// What was asked for, wrapped in `Data`.
  static ObjectNode data(JsonNode data) {
    return content(Json.object().set("Data", data));
  }

  static ObjectNode content(JsonNode content) {
    return PushResult.whole(PushResult.OK, ResultCode.SUCCESS.text()).set("ResultContent", content);
  }

  /// A number as the SDKs' models have them: with a fraction, and never with an exponent, which not
  /// every client's own JSON reader takes.
  static JsonNode decimal(long number) {
    return DecimalNode.valueOf(BigDecimal.valueOf(number).setScale(1));
  }

  /// How much of `whole` a part is; 0 of nothing.
  static JsonNode percent(long part, long whole) {
    return DecimalNode.valueOf(
        whole == 0
            ? BigDecimal.valueOf(0, 1)
            : BigDecimal.valueOf(part * 100)
                .divide(BigDecimal.valueOf(whole), 2, RoundingMode.HALF_UP));
  }
}
