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

/// A message's program, read by what its steps are. Their ids and order differ from library to
/// library and say nothing.
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

  /// A notification, in the one form or the other.
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

  /// A special step's own values.
  public static Map<String, String> values(ActionChain step) {
    Map<String, String> values = new HashMap<>();
    for (InnerField field : step.getFieldList()) {
      values.put(field.getKey(), field.getVal());
    }
    return values;
  }
}
