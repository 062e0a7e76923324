// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui.wire;

import dev.boomerang.dialect.getui.wire.proto.GetuiV1.ActionChain;
import dev.boomerang.dialect.getui.wire.proto.GetuiV1.InnerField;
import dev.boomerang.dialect.getui.wire.proto.GetuiV1.PushInfo;
import dev.boomerang.dialect.getui.wire.proto.GetuiV1.SingleBatchItem;
import dev.boomerang.dialect.getui.wire.proto.GetuiV1.SingleBatchRequest;
import dev.boomerang.dialect.getui.wire.proto.GetuiV1.Transparent;
import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;

/// Writes `clientData` as libraries do.
final class WireMessages {
  private static final PushInfo NOT_APPLE =
      PushInfo.newBuilder().setInvalidAPN(true).setInvalidMPN(true).build();

  private WireMessages() {}

  static Transparent.Builder steps(ActionChain... steps) {
    Transparent.Builder message =
        Transparent.newBuilder()
            .setAction("pushmessage")
            .setAppKey("appKeyX")
            .setAppId("appIdX")
            .setPushInfo(NOT_APPLE)
            .addActionChain(step(1, ActionChain.Type.GOTO))
            .addCondition("");
    message.addAllActionChain(List.of(steps));
    return message.addActionChain(step(100, ActionChain.Type.END));
  }

  static String text(Transparent.Builder message) {
    return Base64.getEncoder().encodeToString(message.build().toByteArray());
  }

  static ActionChain.Builder step(int id, ActionChain.Type type) {
    return ActionChain.newBuilder().setActionId(id).setType(type).setNext(100);
  }

  static ActionChain startApp() {
    return step(10_030, ActionChain.Type.START_APP).setAppid("").setAutostart(true).build();
  }

  static ActionChain.Builder special(int id, String kind) {
    return step(id, ActionChain.Type.MMS_INBOX_2).setStype(kind);
  }

  static InnerField field(String key, String value) {
    return InnerField.newBuilder().setKey(key).setVal(value).setType(InnerField.Type.STR).build();
  }

  static ActionChain notice(InnerField... more) {
    return special(10_000, "notification")
        .addField(field("title", "Title"))
        .addField(field("text", "Text"))
        .addAllField(List.of(more))
        .build();
  }

  /// Returns a notification as libraries before 4.1 write it.
  static ActionChain oldNotice() {
    return step(10_000, ActionChain.Type.NOTIFICATION)
        .setTitle("Title")
        .setText("Text")
        .setLogo("icon.png")
        .setLogoURL("")
        .setClearable(true)
        .setRing(false)
        .setBuzz(true)
        .build();
  }

  static String transmission() {
    return text(steps(startApp()).setTemplateId(4));
  }

  static String notification(InnerField... more) {
    return text(steps(notice(more), startApp()).setTemplateId(0));
  }

  static String revoke(String task, boolean force) {
    return text(
        steps(
                special(1, "terminatetask")
                    .addField(field("taskid", task))
                    .addField(field("force", Boolean.toString(force)))
                    .build())
            .setTemplateId(8));
  }

  static Transparent.Builder withApple(Transparent.Builder message, String apnJson) {
    return message.setPushInfo(PushInfo.newBuilder().setInvalidAPN(false).setApnJson(apnJson));
  }

  /// Returns a batch. The items' JSON may have `'` for `"`; `first` is the first one's number.
  static String batch(int first, String... items) {
    return numberedBatch(IntStream.range(first, first + items.length).boxed().toList(), items);
  }

  /// Returns a batch whose items have these numbers.
  static String numberedBatch(List<Integer> numbers, String... items) {
    var batch = SingleBatchRequest.newBuilder().setBatchId("batch");
    for (int i = 0; i < items.length; i++) {
      batch.addBatchItem(
          SingleBatchItem.newBuilder()
              .setSeqId(numbers.get(i))
              .setData(items[i].replace('\'', '"')));
    }
    return Base64.getEncoder().encodeToString(batch.build().toByteArray());
  }
}
