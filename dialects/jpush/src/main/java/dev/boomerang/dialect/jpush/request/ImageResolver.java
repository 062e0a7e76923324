// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.jpush.request;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.dialect.jpush.base.JpushError;
import dev.boomerang.dialect.jpush.base.JpushException;
import dev.boomerang.engine.base.Uploads;
import dev.boomerang.model.app.AppId;
import dev.boomerang.model.app.Upload;
import dev.boomerang.model.push.Content;
import dev.boomerang.model.push.Content.Appearance;
import dev.boomerang.model.registration.Platform;
import dev.boomerang.web.field.Json;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// The pictures of [ImageCalls][dev.boomerang.dialect.jpush.file.ImageCalls]: an id, and the
/// addresses that its caller gave, by vendor. A notification may name the id where it would have an
/// address.
public record ImageResolver(Uploads uploads) {
  public static final String COMMON = "image_url";

  /// JPush's own devices, which here are all.
  private static final String OWN = "jiguang_image_url";

  private static final String SUFFIX = "_" + COMMON;
  private static final String ID = "jgmedia-";

  public static String newId() {
    return ID + UUID.randomUUID();
  }

  Optional<ObjectNode> addresses(AppId app, String id) {
    return uploads
        .find(app, id)
        .filter(upload -> upload.kind() == Upload.Kind.IMAGES)
        .flatMap(upload -> uploads.content(app, upload.id()))
        .flatMap(Json::read)
        .filter(ObjectNode.class::isInstance)
        .map(ObjectNode.class::cast);
  }

  /// Returns the content with addresses in the place of media ids.
  Content resolve(Content content, AppId app) {
    return switch (content) {
      case Content.Notification shown -> resolve(shown, app);
      case Content.DataMessage data -> data;
      case Content.NotificationWithData(var shown, var data) ->
          new Content.NotificationWithData(resolve(shown, app), data);
      case Content.PerPlatform(var otherwise, var own) -> {
        Map<Platform, Content> resolved = new EnumMap<>(Platform.class);
        own.forEach((platform, each) -> resolved.put(platform, resolve(each, app)));
        yield new Content.PerPlatform(resolve(otherwise, app), resolved);
      }
    };
  }

  private Content.Notification resolve(Content.Notification shown, AppId app) {
    Appearance appearance = shown.appearance();
    return new Content.Notification(
        shown.title(),
        shown.body(),
        new Appearance(
            appearance.style(),
            resolve(appearance.images(), app),
            resolve(appearance.icons(), app)),
        shown.click(),
        shown.silent(),
        shown.extras());
  }

  private Map<String, String> resolve(Map<String, String> urls, AppId app) {
    String id = urls.getOrDefault(Appearance.DEFAULT_VENDOR, "");
    return id.startsWith(ID) ? byVendor(require(app, id)) : urls;
  }

  public ObjectNode require(AppId app, String id) {
    return addresses(app, id)
        .orElseThrow(
            () -> new JpushException(JpushError.INVALID, "media_id " + id + " doesn't exist"));
  }

  private static Map<String, String> byVendor(ObjectNode addresses) {
    Map<String, String> urls = new HashMap<>();
    addresses
        .properties()
        .forEach(
            each -> {
              if (each.getKey().endsWith(SUFFIX) && !each.getKey().equals(OWN)) {
                urls.put(vendor(each.getKey()), each.getValue().asText());
              }
            });
    Optional.ofNullable(addresses.get(OWN))
        .or(() -> Optional.ofNullable(addresses.get(COMMON)))
        .ifPresent(url -> urls.put(Appearance.DEFAULT_VENDOR, url.asText()));
    return urls;
  }

  /// Returns our name of the vendor's channel.
  private static String vendor(String member) {
    String name = member.substring(0, member.length() - SUFFIX.length());
    return name.equals("huawei") ? "hms" : name;
  }
}
