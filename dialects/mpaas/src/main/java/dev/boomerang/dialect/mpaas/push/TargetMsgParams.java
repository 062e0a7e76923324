// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.mpaas.push;

import static dev.boomerang.dialect.mpaas.error.ResultCode.MULTIPLE_TARGET_NUMBER_TOO_MUCH;
import static dev.boomerang.dialect.mpaas.error.ResultCode.TOKEN_OR_USERID_NULL;

import dev.boomerang.dialect.mpaas.content.ExtendedParams;
import dev.boomerang.dialect.mpaas.content.TemplateContent;
import dev.boomerang.dialect.mpaas.content.TemplateValues;
import dev.boomerang.dialect.mpaas.error.ResultException;
import dev.boomerang.dialect.mpaas.request.ActionParams;
import dev.boomerang.dialect.mpaas.request.IndexedParams;
import dev.boomerang.model.push.Content;
import dev.boomerang.model.push.Content.Notification;
import dev.boomerang.model.push.Target;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads the targets of a multiple push, each with its own values for the template and perhaps
/// extended parameters of its own: `TargetMsg.N.Target`, `.MsgKey`, `.TemplateKeyValue`,
/// `.ExtendedParams`.
///
/// Source: "批量推送".
final class TargetMsgParams {

  private static final String TARGET = "Target";
  private static final String MSG_KEY = "MsgKey";

  /// A task reaches a device once. So a second message for the same target would be lost silently;
  /// it is refused instead. What the vendor does is not public.
  private static final boolean TARGETS_DIFFER_WITHIN_A_CALL = true;

  private TargetMsgParams() {}

  static List<IndexedParams> read(ActionParams params, int most) {
    List<IndexedParams> items = params.indexed(PushParams.TARGET_MSG);
    if (items.isEmpty()) {
      throw new ResultException(TOKEN_OR_USERID_NULL, PushParams.TARGET_MSG, "has no target");
    }
    if (items.size() > most) {
      throw new ResultException(
          MULTIPLE_TARGET_NUMBER_TOO_MUCH,
          PushParams.TARGET_MSG,
          "has %d targets, at most %d".formatted(items.size(), most));
    }
    return items;
  }

  /// Returns the content for one target: the template filled with its own values. Its extended
  /// parameters override those of the whole push, `common`.
  static Notification content(
      IndexedParams item, TemplateContent template, Map<String, String> common) {
    Map<String, String> extras = common;
    Optional<String> own = item.nonBlank(ExtendedParams.EXTENDED_PARAMS);
    if (own.isPresent()) {
      extras = new HashMap<>(common);
      extras.putAll(
          ExtendedParams.ofTarget(item.parameter(ExtendedParams.EXTENDED_PARAMS), own.get()));
    }
    ExtendedParams.checkBadge(item.parameter(ExtendedParams.EXTENDED_PARAMS), extras);
    String values = item.parameter(TemplateValues.TEMPLATE_KEY_VALUE);
    return template.fill(
        values,
        item.nonBlank(TemplateValues.TEMPLATE_KEY_VALUE)
            .map(text -> TemplateValues.parse(values, text))
            .orElse(Map.of()),
        extras);
  }

  /// Returns the targets. `contents` has one entry for each item; an empty one means the content of
  /// the whole push.
  static List<Target> targets(List<IndexedParams> items, List<Optional<Content>> contents) {
    var targets = new ArrayList<Target>(items.size());
    var ids = HashSet.<String>newHashSet(items.size());
    var names = HashSet.<String>newHashSet(items.size());
    for (int i = 0; i < items.size(); i++) {
      IndexedParams item = items.get(i);
      String name = TargetParams.targetName(item.parameter(TARGET), item.text(TARGET));
      if (!names.add(name) && TARGETS_DIFFER_WITHIN_A_CALL) {
        throw ActionParams.invalid(item.parameter(TARGET), "has the target " + name + " again");
      }
      String id = TargetParams.messageId(item.parameter(MSG_KEY), item.text(MSG_KEY), ids);
      targets.add(new Target(name, Optional.of(id), contents.get(i)));
    }
    return targets;
  }
}
