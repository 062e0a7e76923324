// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.jpush.file;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.dialect.jpush.base.Authenticator.Caller;
import dev.boomerang.dialect.jpush.base.JpushConfig;
import dev.boomerang.dialect.jpush.base.JpushError;
import dev.boomerang.dialect.jpush.base.JpushException;
import dev.boomerang.dialect.jpush.base.TimeFormats;
import dev.boomerang.dialect.jpush.file.MultipartBody.Part;
import dev.boomerang.engine.base.Uploads;
import dev.boomerang.model.app.AppId;
import dev.boomerang.model.app.Upload;
import dev.boomerang.web.field.Fields;
import dev.boomerang.web.field.Json;
import dev.boomerang.web.http.Call;
import dev.boomerang.web.http.Reply;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/// Serves `/v3/files`: lists of targets that are kept for file pushes.
///
/// Source: JPush "File API v3". Times are in its documented form, which the Java client 3.7.7
/// cannot read, here as there.
public final class FileCalls {
  private static final String FILE = "filename";
  private static final int MAX_FILES = 20;
  private static final int MAX_BYTES = 10 * 1024 * 1024;
  private static final int MAX_HOURS = 720;

  private final Uploads uploads;
  private final JpushConfig config;

  public FileCalls(Uploads uploads, JpushConfig config) {
    this.uploads = uploads;
    this.config = config;
  }

  public Reply aliases(Caller caller, Call call) {
    return take(caller, call, Upload.Kind.ALIASES);
  }

  public Reply registrations(Caller caller, Call call) {
    return take(caller, call, Upload.Kind.REGISTRATIONS);
  }

  private Reply take(Caller caller, Call call, Upload.Kind kind) {
    Map<String, Part> parts =
        MultipartBody.read(call).orElseThrow(() -> invalid("the body must be multipart/form-data"));
    Part file =
        Optional.ofNullable(parts.get(FILE))
            .orElseThrow(() -> new JpushException(JpushError.MISSING, FILE + " must be given"));
    if (call.body().bytes().length > MAX_BYTES) {
      throw invalid("a file may have at most " + MAX_BYTES + " bytes");
    }
    String lines =
        file.text()
            .lines()
            .map(String::strip)
            .filter(line -> !line.isEmpty())
            .collect(Collectors.joining("\n"));
    if (lines.isEmpty()) {
      throw invalid(FILE + " must have a name in each line");
    }
    AppId app = caller.app().id();
    var draft =
        new Uploads.Draft(
            caller.key().id() + "-" + UUID.randomUUID(), kind, file.fileName(), life(parts), lines);
    boolean room = files(app).size() < MAX_FILES;
    Upload upload =
        Optional.of(draft)
            .filter(_ -> room)
            .flatMap(it -> uploads.put(app, it, MAX_FILES))
            .orElseThrow(() -> invalid("there are " + MAX_FILES + " files already"));
    return Reply.json(200, Json.write(Json.object().put("file_id", upload.id())));
  }

  private static Duration life(Map<String, Part> parts) {
    Optional<String> ttl = Optional.ofNullable(parts.get("ttl")).map(Part::text);
    Fields fields = Fields.of(ttl.map(hours -> Map.of("ttl", hours.strip())).orElse(Map.of()));
    return Duration.ofHours(fields.number("ttl", 1, MAX_HOURS).orElse((long) MAX_HOURS));
  }

  private static JpushException invalid(String why) {
    return new JpushException(JpushError.INVALID, why);
  }

  private List<Upload> files(AppId app) {
    return uploads.list(app).stream()
        .filter(upload -> UploadedTargetFiles.kind(upload).isPresent())
        .toList();
  }

  public Reply list(Caller caller, Call call) {
    List<Upload> files = files(caller.app().id());
    ObjectNode body = Json.object().put("total_count", files.size());
    ArrayNode list = body.putArray("files");
    files.forEach(file -> list.add(json(file)));
    return Reply.json(200, Json.write(body));
  }

  public Reply show(Caller caller, Call call) {
    Upload file =
        uploads
            .find(caller.app().id(), call.param("id"))
            .filter(upload -> UploadedTargetFiles.kind(upload).isPresent())
            .orElseThrow(() -> invalid("file_id " + call.param("id") + " doesn't exist"));
    return Reply.json(200, Json.write(json(file)));
  }

  private ObjectNode json(Upload file) {
    ZoneId zone = config.zone();
    return Json.object()
        .put("file_id", file.id())
        .put("type", type(file))
        .put("create_time", TimeFormats.second(file.createdAt(), zone))
        .put("file_name", file.name())
        .put("expire_time", TimeFormats.second(file.expiresAt(), zone));
  }

  private static String type(Upload file) {
    return switch (file.kind()) {
      case ALIASES -> "alias";
      case REGISTRATIONS -> "registration_id";
      case IMAGES -> "image";
      case SESSION -> "session";
    };
  }

  /// An unknown one counts as deleted.
  public Reply delete(Caller caller, Call call) {
    AppId app = caller.app().id();
    uploads
        .find(app, call.param("id"))
        .filter(upload -> UploadedTargetFiles.kind(upload).isPresent())
        .ifPresent(upload -> uploads.remove(app, upload.id()));
    return config.emptyReply();
  }
}
