// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.jpush;

import dev.boomerang.model.app.App;
import dev.boomerang.model.push.Audience;
import dev.boomerang.model.push.Content;
import dev.boomerang.model.push.Push;
import dev.boomerang.model.push.Source;
import dev.boomerang.model.push.Template;
import dev.boomerang.model.registration.Platform;
import dev.boomerang.model.registration.Segment;
import dev.boomerang.web.field.Fields;
import dev.boomerang.web.field.TemplateFilling;
import dev.boomerang.web.text.InvalidFieldException.Kind;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads a push object into what the engine understands, all but its `cid`; see [Cids].
///
/// Source: JPush "Push API v3".
final class Orders {
  private static final int MAX_KEYS = 100;

  private final Images images;
  private final JpushConfig config;

  Orders(Images images, JpushConfig config) {
    this.images = images;
    this.config = config;
  }

  Order read(App app, Fields body) {
    Source.Kind kind = Targets.isAll(body) ? Source.Kind.BROADCAST : Source.Kind.MULTIPLE;
    return read(app, body, kind, platforms -> Targets.audience(body, platforms));
  }

  /// One whose targets do not stand in `audience`.
  Order read(App app, Fields body, Segment target) {
    return read(
        app, body, Source.Kind.MULTIPLE, platforms -> Targets.matching(List.of(target), platforms));
  }

  /// One of the pushes that a template makes, for the devices of every platform.
  Order read(App app, Template template, Fields param) {
    Content.Notification notification =
        switch (TemplateFilling.fill(
            template, param.map("keys", MAX_KEYS), Map.of(), config.maxPayloadBytes())) {
          case Template.FillResult.Complete(var filled) -> filled;
          case Template.FillResult.Missing(var blanks) ->
              throw param.object("keys").invalid(blanks.getFirst(), Kind.MISSING, "must be given");
          case Template.FillResult.TooLong(long characters) ->
              throw new JpushFault(
                  JpushError.TOO_LARGE,
                  "keys: fill the template to "
                      + characters
                      + " characters, at most "
                      + config.maxPayloadBytes()
                      + " bytes are allowed");
        };
    Source.Kind kind = Targets.isAll(param) ? Source.Kind.BROADCAST : Source.Kind.MULTIPLE;
    var source = new Source(JpushDialect.ORIGIN, kind, Optional.of(template.name()));
    Audience audience = Targets.audience(param, Optional.empty());
    return order(app, param, source, audience, notification);
  }

  private interface Whom {
    Audience on(Optional<Set<Platform>> platforms);
  }

  private Order read(App app, Fields body, Source.Kind kind, Whom whom) {
    if (config.strict()) {
      Members.check(body);
    }
    Optional<Set<Platform>> platforms = Targets.platforms(body);
    Alongside.check(body);
    Set<Platform> asked = platforms.orElse(EnumSet.allOf(Platform.class));
    Map<Platform, Content> contents = Notices.read(body, asked, app.name());
    if (contents.isEmpty()) {
      throw body.invalid("notification", Kind.MISSING, "has nothing for any of the platforms");
    }
    Sizes.check(body, contents.keySet(), config);
    boolean forAll = platforms.isEmpty() && contents.size() == asked.size();
    Optional<Set<Platform>> reached = forAll ? Optional.empty() : Optional.of(contents.keySet());
    return order(
        app,
        body,
        Source.of(JpushDialect.ORIGIN, kind),
        whom.on(reached),
        images.in(content(contents), app.id()));
  }

  private Order order(App app, Fields body, Source source, Audience audience, Content content) {
    PushOptions options = PushOptions.read(body, config);
    var push =
        new Push(
            app.id(),
            "",
            audience,
            content,
            Push.Options.of(source, options.lifetime())
                .vendorHints(Notices.hints(body))
                .replacing(options.overrideTarget())
                .pace(options.sendRate())
                .callback(Callbacks.read(body)));
    return new Order(push, options.sendno());
  }

  private static Content content(Map<Platform, Content> contents) {
    Content first = contents.values().iterator().next();
    return contents.values().stream().allMatch(first::equals)
        ? first
        : new Content.PerPlatform(first, contents);
  }
}
