// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.jpush.request;

import dev.boomerang.dialect.jpush.base.JpushConfig;
import dev.boomerang.dialect.jpush.base.JpushError;
import dev.boomerang.dialect.jpush.base.JpushException;
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

/// Reads a push object into what the engine understands, all but its `cid`; see
/// [CidKeys][dev.boomerang.dialect.jpush.base.CidKeys].
///
/// Source: JPush "Push API v3".
public final class PushRequestReader {
  private static final int MAX_KEYS = 100;

  private final ImageResolver imageResolver;
  private final JpushConfig config;

  public PushRequestReader(ImageResolver imageResolver, JpushConfig config) {
    this.imageResolver = imageResolver;
    this.config = config;
  }

  public PushRequest read(App app, Fields body) {
    Source.Kind kind = AudienceReader.isAll(body) ? Source.Kind.BROADCAST : Source.Kind.MULTIPLE;
    return read(app, body, kind, platforms -> AudienceReader.audience(body, platforms));
  }

  /// Reads a push whose targets do not stand in `audience`.
  public PushRequest read(App app, Fields body, Segment target) {
    return read(
        app,
        body,
        Source.Kind.MULTIPLE,
        platforms -> AudienceReader.matchingAll(List.of(target), platforms));
  }

  /// Reads one of the pushes that a template makes, for the devices of every platform.
  public PushRequest read(App app, Template template, Fields param) {
    Content.Notification notification =
        switch (TemplateFilling.fill(
            template, param.map("keys", MAX_KEYS), Map.of(), config.maxPayloadBytes())) {
          case Template.FillResult.Complete(var filled) -> filled;
          case Template.FillResult.Missing(var missing) ->
              throw param.object("keys").invalid(missing.getFirst(), Kind.MISSING, "must be given");
          case Template.FillResult.TooLong(long characters) ->
              throw new JpushException(
                  JpushError.TOO_LARGE,
                  "keys: fill the template to "
                      + characters
                      + " characters, at most "
                      + config.maxPayloadBytes()
                      + " bytes are allowed");
        };
    Source.Kind kind = AudienceReader.isAll(param) ? Source.Kind.BROADCAST : Source.Kind.MULTIPLE;
    var source = new Source(JpushConfig.ORIGIN, kind, Optional.of(template.name()));
    Audience audience = AudienceReader.audience(param, Optional.empty());
    return order(app, param, source, audience, notification);
  }

  private interface AudienceFactory {
    Audience forPlatforms(Optional<Set<Platform>> platforms);
  }

  private PushRequest read(
      App app, Fields body, Source.Kind kind, AudienceFactory audienceFactory) {
    Optional<Set<Platform>> platforms = AudienceReader.platforms(body);
    ExtraSectionChecker.check(body);
    Set<Platform> asked = platforms.orElse(EnumSet.allOf(Platform.class));
    Map<Platform, Content> contents = ContentReader.read(body, asked, app.name());
    if (contents.isEmpty()) {
      throw body.invalid("notification", Kind.MISSING, "has nothing for any of the platforms");
    }
    PayloadSizes.check(body, contents.keySet(), config);
    boolean forAll = platforms.isEmpty() && contents.size() == asked.size();
    Optional<Set<Platform>> reached = forAll ? Optional.empty() : Optional.of(contents.keySet());
    PushRequest pushRequest =
        order(
            app,
            body,
            Source.of(JpushConfig.ORIGIN, kind),
            audienceFactory.forPlatforms(reached),
            imageResolver.resolve(content(contents), app.id()));
    if (config.strict()) {
      // The audience, and whether the push was sent before, are read and checked elsewhere.
      body.ignore("audience", "target", "cid");
      UnknownMembers.refuse(body);
    }
    return pushRequest;
  }

  private PushRequest order(
      App app, Fields body, Source source, Audience audience, Content content) {
    PushOptions options = PushOptions.read(body, config);
    var push =
        new Push(
            app.id(),
            "",
            audience,
            content,
            Push.Options.of(source, options.lifetime())
                .vendorHints(VendorHints.read(body))
                .replacing(options.overrideTarget())
                .pace(options.sendRate())
                .webhook(CallbackReader.read(body)));
    return new PushRequest(push, options.sendno());
  }

  private static Content content(Map<Platform, Content> contents) {
    Content first = contents.values().iterator().next();
    return contents.values().stream().allMatch(first::equals)
        ? first
        : new Content.PerPlatform(first, contents);
  }
}
