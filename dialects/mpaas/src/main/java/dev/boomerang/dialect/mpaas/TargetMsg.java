// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.mpaas;

import static dev.boomerang.dialect.mpaas.ResultCode.MULTIPLE_TARGET_NUMBER_TOO_MUCH;
import static dev.boomerang.dialect.mpaas.ResultCode.TOKEN_OR_USERID_NULL;

import dev.boomerang.model.push.Content;
import dev.boomerang.model.push.Content.Notification;
import dev.boomerang.model.push.Target;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The targets of a multiple push, each with its own values for the template and perhaps extended
/// parameters of its own: `TargetMsg.N.Target`, `.MsgKey`, `.TemplateKeyValue`, `.ExtendedParams`.
///
/// Source: "批量推送".
final class TargetMsg {
  static final String LIST = "TargetMsg";

  private static final String TARGET = "Target";
  private static final String MSG_KEY = "MsgKey";

  /// A task reaches a device once. So a second message for the same target would be lost without a
  /// word; it is refused instead. What the vendor does is not public.
  private static final boolean TARGETS_DIFFER_WITHIN_A_CALL = true;

  private TargetMsg() {}

  static List<Item> read(Args args, int most) {
    List<Item> items = args.items(LIST);
    if (items.isEmpty()) {
      throw new ResultFault(TOKEN_OR_USERID_NULL, LIST, "has no target");
    }
    if (items.size() > most) {
      throw new ResultFault(
          MULTIPLE_TARGET_NUMBER_TOO_MUCH,
          LIST,
          "has %d targets, at most %d".formatted(items.size(), most));
    }
    return items;
  }

  /// What the target gets: the template filled with its own values. Its extended parameters come
  /// before those of the whole push, `common`.
  static Notification content(Item item, Wording wording, Map<String, String> common) {
    Map<String, String> extras = common;
    Optional<String> own = item.filled(Extras.EXTENDED_PARAMS);
    if (own.isPresent()) {
      extras = new HashMap<>(common);
      extras.putAll(Extras.ofTarget(item.parameter(Extras.EXTENDED_PARAMS), own.get()));
    }
    Extras.checkBadge(item.parameter(Extras.EXTENDED_PARAMS), extras);
    String values = item.parameter(TemplateValues.TEMPLATE_KEY_VALUE);
    return wording.filled(
        values,
        item.filled(TemplateValues.TEMPLATE_KEY_VALUE)
            .map(text -> TemplateValues.parse(values, text))
            .orElse(Map.of()),
        extras);
  }

  /// `contents` go with `items`; empty ones stand for the push's own.
  static List<Target> targets(List<Item> items, List<Optional<Content>> contents) {
    var targets = new ArrayList<Target>(items.size());
    var ids = HashSet.<String>newHashSet(items.size());
    var names = HashSet.<String>newHashSet(items.size());
    for (int i = 0; i < items.size(); i++) {
      Item item = items.get(i);
      String name = Targets.name(item.parameter(TARGET), item.text(TARGET));
      if (!names.add(name) && TARGETS_DIFFER_WITHIN_A_CALL) {
        throw Args.invalid(item.parameter(TARGET), "has the target " + name + " again");
      }
      String id = Targets.messageId(item.parameter(MSG_KEY), item.text(MSG_KEY), ids);
      targets.add(new Target(name, Optional.of(id), contents.get(i)));
    }
    return targets;
  }
}
