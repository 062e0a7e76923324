// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.mpaas.push;

/// Names the parameters that more than one class of this package reads or blames.
final class PushParams {
  static final String TASK_NAME = "TaskName";
  static final String DELIVERY_TYPE = "DeliveryType";
  static final String EXPIRED_SECONDS = "ExpiredSeconds";

  /// Holds the targets of a simple or template push, with their message ids.
  static final String TARGET_MSGKEY = "TargetMsgkey";

  /// Holds the targets of a multiple push, as a list.
  static final String TARGET_MSG = "TargetMsg";

  /// Holds the message id of a broadcast.
  static final String MSGKEY = "Msgkey";

  private PushParams() {}
}
