// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.mpaas;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.engine.accept.Templates;
import dev.boomerang.model.app.App;
import dev.boomerang.model.push.Content;
import dev.boomerang.model.push.Push;
import dev.boomerang.model.push.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Messages for many targets, made from one template, each with its target's own values.
///
/// Source: mPaaS "批量推送".
final class PushMultiple implements Action {
  private final Templates templates;
  private final Pushes pushes;

  PushMultiple(Templates templates, Pushes pushes) {
    this.templates = templates;
    this.pushes = pushes;
  }

  @Override
  public String name() {
    return "PushMultiple";
  }

  /// And the list of targets, which no single name stands for.
  @Override
  public List<String> mandatory() {
    return List.of(Pushes.DELIVERY_TYPE, Pushes.EXPIRED_SECONDS, Wording.TEMPLATE_NAME);
  }

  @Override
  public ObjectNode answer(App app, Args args) {
    Wording wording = Wording.read(templates, app, args, pushes.config().maxPayloadBytes());
    List<Item> items = TargetMsg.read(args, pushes.config().maxMultiple());
    Map<String, String> common = Extras.readWithoutBadge(args);
    List<Content> contents = contents(items, wording, common);
    boolean same = contents.stream().allMatch(contents.getFirst()::equals);
    var push =
        new Push(
            app.id(),
            pushes.taskName(args),
            Targets.audience(args, TargetMsg.targets(items, same ? none(items) : each(contents))),
            same ? contents.getFirst() : wording.unfilled(common),
            pushes.options(args, wording.source(Source.Kind.MULTIPLE)));
    return pushes.send(push, args);
  }

  private List<Content> contents(List<Item> items, Wording wording, Map<String, String> common) {
    var contents = new ArrayList<Content>(items.size());
    for (Item item : items) {
      Content content = TargetMsg.content(item, wording, common);
      pushes.checkPayload(content, item.parameter(TemplateValues.TEMPLATE_KEY_VALUE));
      contents.add(content);
    }
    return contents;
  }

  private static List<Optional<Content>> none(List<Item> items) {
    return items.stream().map(_ -> Optional.<Content>empty()).toList();
  }

  private static List<Optional<Content>> each(List<Content> contents) {
    return contents.stream().map(Optional::of).toList();
  }
}
