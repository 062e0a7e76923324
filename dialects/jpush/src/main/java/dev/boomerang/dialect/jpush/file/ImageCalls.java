// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.jpush.file;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.dialect.jpush.base.Authenticator.Caller;
import dev.boomerang.dialect.jpush.base.JpushError;
import dev.boomerang.dialect.jpush.base.JpushException;
import dev.boomerang.dialect.jpush.request.ImageResolver;
import dev.boomerang.engine.base.Uploads;
import dev.boomerang.model.app.AppId;
import dev.boomerang.model.app.Upload;
import dev.boomerang.web.field.Fields;
import dev.boomerang.web.field.Json;
import dev.boomerang.web.http.Call;
import dev.boomerang.web.http.Reply;
import dev.boomerang.web.text.InvalidFieldException.Kind;
import java.time.Duration;
import java.util.List;

/// Serves `/v3/images`, which keeps pictures for notifications under an id. Here they stay where
/// they are: an image is the addresses its caller gave, and nothing is handed to vendors. So it can
/// be given by address only.
///
/// Source: JPush "Image API v3".
public final class ImageCalls {
  private static final List<String> VENDORS =
      List.of(
          "jiguang", "oppo", "xiaomi", "huawei", "honor", "fcm", "meizu", "vivo", "nio", "hmos");

  private static final int MAX_URL = 2_048;
  private static final int MAX_IMAGES = 1_000;
  private static final int MAX_TYPE = 9;
  private static final Duration FOR_GOOD = Duration.ofDays(36_500);

  private final Uploads uploads;
  private final ImageResolver imageResolver;

  public ImageCalls(Uploads uploads) {
    this.uploads = uploads;
    this.imageResolver = new ImageResolver(uploads);
  }

  public Reply create(Caller caller, Call call) {
    Fields body = Fields.of(call.body(), "the body");
    body.requiredNumber("image_type", 1, MAX_TYPE);
    return keep(caller.app().id(), ImageResolver.newId(), addresses(body));
  }

  /// New addresses come beside those that are there, or in their place.
  public Reply change(Caller caller, Call call) {
    AppId app = caller.app().id();
    String id = call.param("id");
    ObjectNode known = imageResolver.require(app, id);
    known.setAll(addresses(Fields.of(call.body(), "the body")));
    return keep(app, id, known);
  }

  private static ObjectNode addresses(Fields body) {
    ObjectNode addresses = Json.object();
    body.text(ImageResolver.COMMON, MAX_URL)
        .ifPresent(url -> addresses.put(ImageResolver.COMMON, url));
    for (String vendor : VENDORS) {
      String name = vendor + "_" + ImageResolver.COMMON;
      body.text(name, MAX_URL).ifPresent(url -> addresses.put(name, url));
    }
    if (addresses.isEmpty()) {
      throw body.invalid(ImageResolver.COMMON, Kind.MISSING, "or that of a vendor must be given");
    }
    return addresses;
  }

  private Reply keep(AppId app, String id, ObjectNode addresses) {
    var draft = new Uploads.Draft(id, Upload.Kind.IMAGES, "", FOR_GOOD, Json.write(addresses));
    if (uploads.put(app, draft, MAX_IMAGES).isEmpty()) {
      throw new JpushException(JpushError.INVALID, "there are " + MAX_IMAGES + " images already");
    }
    ObjectNode answer = Json.object().put("media_id", id);
    answer.setAll(addresses);
    answer.remove(ImageResolver.COMMON);
    return Reply.json(200, Json.write(answer));
  }

  /// We would have to serve what vendors and devices then fetch.
  public Reply byFile(Caller caller, Call call) {
    return JpushError.PERMISSION.reply("Images can be given by url only.");
  }
}
