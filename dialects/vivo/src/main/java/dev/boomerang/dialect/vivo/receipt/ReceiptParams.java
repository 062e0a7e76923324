// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.vivo.receipt;

import dev.boomerang.model.push.Webhook;
import dev.boomerang.model.registration.RegistrationId;
import java.util.HashMap;
import java.util.Map;

/// The parameters that are kept with a message's webhook until its receipts are written.
public final class ReceiptParams {
  /// The text that the caller wants back with each receipt.
  public static final String CALLBACK_PARAM = "callback.param";

  /// The id of a registered URL. Receipts have the newer format where it is given.
  public static final String CALLBACK_ID = "callback.id";

  /// The alias to which a single message was sent, so that its receipts name it too.
  private static final String ALIAS = "alias";

  private ReceiptParams() {}

  /// Returns the webhook with receipts that name `alias` in place of registration ids.
  public static Webhook withAlias(Webhook webhook, String alias) {
    Map<String, String> params = new HashMap<>(webhook.params());
    params.put(ALIAS, alias);
    return new Webhook(webhook.url(), params, webhook.eventTypes());
  }

  /// Returns the name by which the caller knows the target of a message.
  static String target(Map<String, String> params, RegistrationId device) {
    return params.getOrDefault(ALIAS, device.value());
  }
}
