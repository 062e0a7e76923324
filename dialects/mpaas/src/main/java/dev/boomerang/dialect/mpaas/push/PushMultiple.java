// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.mpaas.push;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.dialect.mpaas.action.ApiAction;
import dev.boomerang.dialect.mpaas.content.ExtendedParams;
import dev.boomerang.dialect.mpaas.content.TemplateContent;
import dev.boomerang.dialect.mpaas.content.TemplateValues;
import dev.boomerang.dialect.mpaas.request.ActionParams;
import dev.boomerang.dialect.mpaas.request.IndexedParams;
import dev.boomerang.engine.accept.Templates;
import dev.boomerang.model.app.App;
import dev.boomerang.model.push.Content;
import dev.boomerang.model.push.Push;
import dev.boomerang.model.push.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Pushes messages to many targets, made from one template with values of each target's own.
///
/// Source: mPaaS "批量推送".
public final class PushMultiple implements ApiAction {
  private final Templates templates;
  private final PushSender pushSender;

  public PushMultiple(Templates templates, PushSender pushSender) {
    this.templates = templates;
    this.pushSender = pushSender;
  }

  @Override
  public String name() {
    return "PushMultiple";
  }

  /// Lists the parameters except the targets, which have no single name.
  @Override
  public List<String> mandatory() {
    return List.of(
        PushParams.DELIVERY_TYPE, PushParams.EXPIRED_SECONDS, TemplateContent.TEMPLATE_NAME);
  }

  @Override
  public ObjectNode execute(App app, ActionParams params) {
    TemplateContent template =
        TemplateContent.read(templates, app, params, pushSender.settings().maxPayloadBytes());
    List<IndexedParams> items = TargetMsgParams.read(params, pushSender.settings().maxMultiple());
    Map<String, String> common = ExtendedParams.readWithoutBadge(params);
    List<Content> contents = contents(items, template, common);
    boolean same = contents.stream().allMatch(contents.getFirst()::equals);
    var push =
        new Push(
            app.id(),
            pushSender.taskName(params),
            TargetParams.audience(
                params,
                TargetMsgParams.targets(
                    items, same ? withoutContents(items) : withContents(contents))),
            same ? contents.getFirst() : template.withPlaceholders(common),
            pushSender.options(params, template.source(Source.Kind.MULTIPLE)));
    return pushSender.submit(push, params);
  }

  private List<Content> contents(
      List<IndexedParams> items, TemplateContent template, Map<String, String> common) {
    var contents = new ArrayList<Content>(items.size());
    for (IndexedParams item : items) {
      Content content = TargetMsgParams.content(item, template, common);
      pushSender.checkPayload(content, item.parameter(TemplateValues.TEMPLATE_KEY_VALUE));
      contents.add(content);
    }
    return contents;
  }

  private static List<Optional<Content>> withoutContents(List<IndexedParams> items) {
    return items.stream().map(_ -> Optional.<Content>empty()).toList();
  }

  private static List<Optional<Content>> withContents(List<Content> contents) {
    return contents.stream().map(Optional::of).toList();
  }
}
