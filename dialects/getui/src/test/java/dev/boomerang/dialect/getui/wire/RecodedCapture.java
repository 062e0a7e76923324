// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui.wire;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.boomerang.dialect.getui.wire.proto.GetuiV1.ActionChain;
import dev.boomerang.dialect.getui.wire.proto.GetuiV1.InnerField;
import dev.boomerang.dialect.getui.wire.proto.GetuiV1.SingleBatchItem;
import dev.boomerang.dialect.getui.wire.proto.GetuiV1.SingleBatchRequest;
import dev.boomerang.dialect.getui.wire.proto.GetuiV1.Transparent;
import java.util.Base64;
import java.util.Map;

/// Rewrites captured protobuf with other ids in it.
final class RecodedCapture {
  private RecodedCapture() {}

  static String with(String name, String base64, Map<String, String> ids) {
    byte[] bytes = Base64.getDecoder().decode(base64);
    try {
      byte[] after =
          name.equals("singleDatas")
              ? batch(SingleBatchRequest.parseFrom(bytes).toBuilder(), ids)
              : message(Transparent.parseFrom(bytes).toBuilder(), ids);
      return Base64.getEncoder().encodeToString(after);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] batch(SingleBatchRequest.Builder batch, Map<String, String> ids) {
    for (SingleBatchItem.Builder item : batch.getBatchItemBuilderList()) {
      item.setData(replaced(item.getData(), ids));
    }
    return batch.build().toByteArray();
  }

  private static byte[] message(Transparent.Builder message, Map<String, String> ids) {
    for (ActionChain.Builder step : message.getActionChainBuilderList()) {
      for (InnerField.Builder field : step.getFieldBuilderList()) {
        field.setVal(replaced(field.getVal(), ids));
      }
    }
    return message.build().toByteArray();
  }

  private static String replaced(String text, Map<String, String> ids) {
    String after = text;
    for (var id : ids.entrySet()) {
      after = after.replace(id.getKey(), id.getValue());
    }
    return after;
  }
}
