// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui.wire.template;

import dev.boomerang.dialect.getui.wire.proto.GetuiV1.ActionChain;
import dev.boomerang.dialect.getui.wire.proto.GetuiV1.InnerField;
import dev.boomerang.dialect.getui.wire.proto.GetuiV1.Transparent;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Holds a message's action chain and finds its steps by type. Their ids and order differ from
/// library to library and mean nothing.
public record ActionChains(List<ActionChain> all) {
  public ActionChains {
    all = List.copyOf(all);
  }

  public static ActionChains of(Transparent message) {
    return new ActionChains(message.getActionChainList());
  }

  public boolean isEmpty() {
    return all.isEmpty();
  }

  /// Returns the notification's step, in either of its two forms.
  public Optional<ActionChain> notification() {
    return special("notification").or(() -> first(ActionChain.Type.NOTIFICATION));
  }

  public Optional<ActionChain> page() {
    return first(ActionChain.Type.START_WEB);
  }

  public Optional<ActionChain> activity() {
    return special("startmyactivity");
  }

  public Optional<ActionChain> popup() {
    return first(ActionChain.Type.POPUP);
  }

  public Optional<ActionChain> download() {
    return first(ActionChain.Type.APP_DOWNLOAD);
  }

  public Optional<ActionChain> app() {
    return first(ActionChain.Type.START_APP);
  }

  public Optional<ActionChain> revoke() {
    return special("terminatetask").or(() -> first(ActionChain.Type.TERMINATE_TASK));
  }

  private Optional<ActionChain> first(ActionChain.Type type) {
    return all.stream().filter(step -> step.hasType() && step.getType() == type).findFirst();
  }

  private Optional<ActionChain> special(String kind) {
    return all.stream()
        .filter(step -> step.hasType() && step.getType() == ActionChain.Type.MMS_INBOX_2)
        .filter(step -> step.getStype().equals(kind))
        .findFirst();
  }

  /// Returns the values of a special step by name.
  public static Map<String, String> values(ActionChain step) {
    Map<String, String> values = new HashMap<>();
    for (InnerField field : step.getFieldList()) {
      values.put(field.getKey(), field.getVal());
    }
    return values;
  }
}
