// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.nativeapi.request;

import dev.boomerang.engine.Engine;
import dev.boomerang.model.app.App;
import dev.boomerang.model.registration.Platform;
import dev.boomerang.model.registration.RegistrationId;
import dev.boomerang.model.registration.Segment;
import dev.boomerang.web.field.Fields;
import dev.boomerang.web.field.Json;
import dev.boomerang.web.http.Call;
import dev.boomerang.web.http.Reply;
import dev.boomerang.web.text.InvalidFieldException.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Reads a rule that picks registrations: an object with one member, which says what it asks for.
public final class SegmentReader {
  private static final int MAX_NAME = 512;
  private static final int MAX_PARTS = 1_000;
  private static final int MAX_DEPTH = 16;

  private static final Set<String> MEMBERS =
      Set.of(
          "tag",
          "alias",
          "user",
          "registration",
          "platform",
          "region",
          "attribute",
          "all",
          "any",
          "not");

  private SegmentReader() {}

  /// `POST /api/v1/audiences/count`: how many a segment would pick now.
  public static Reply count(Engine engine, App app, Call call) {
    Fields body = RequestBody.of(call);
    Segment segment = read(body.object("segment"));
    body.refuseUnread();
    int count = engine.registrations().count(app.id(), segment);
    return Reply.json(200, Json.write(Json.object().put("count", count)));
  }

  static Segment read(Fields segment) {
    return read(segment, 1);
  }

  /// Reads one rule; `depth` is 1 for the outermost. Refuses rules nested deeper than [#MAX_DEPTH],
  /// which bounds the recursion here and in whatever evaluates the segment.
  private static Segment read(Fields segment, int depth) {
    List<String> given = MEMBERS.stream().filter(segment::has).sorted().toList();
    segment.refuseUnread();
    if (given.size() != 1) {
      throw segment.invalid(
          "tag",
          given.isEmpty() ? Kind.MISSING : Kind.MALFORMED,
          "or exactly one of "
              + String.join(", ", MEMBERS.stream().sorted().toList())
              + " must be given");
    }
    String asked = given.getFirst();
    if (depth > MAX_DEPTH) {
      throw segment.invalid(asked, Kind.OUT_OF_RANGE, "lies more than " + MAX_DEPTH + " deep");
    }
    return switch (asked) {
      case "tag" -> new Segment.HasTag(name(segment, asked));
      case "alias" -> new Segment.HasAlias(name(segment, asked));
      case "user" -> new Segment.HasUser(name(segment, asked));
      case "region" -> new Segment.InRegion(name(segment, asked));
      case "platform" ->
          new Segment.OnPlatform(
              segment.choice(asked, List.of(Platform.values()), Platform::wire).orElseThrow());
      case "registration" ->
          new Segment.RegistrationIs(
              RegistrationId.parse(name(segment, asked))
                  .orElseThrow(
                      () -> segment.invalid(asked, Kind.MALFORMED, "must have 23 digits")));
      case "attribute" -> {
        Fields attribute = segment.object(asked);
        yield new Segment.HasAttribute(name(attribute, "name"), name(attribute, "value"));
      }
      case "all" -> new Segment.All(parts(segment, asked, depth));
      case "any" -> new Segment.Any(parts(segment, asked, depth));
      case String _ -> new Segment.Not(read(segment.object("not"), depth + 1));
    };
  }

  private static List<Segment> parts(Fields segment, String name, int depth) {
    var parts = new ArrayList<Segment>();
    segment.entries(name, MAX_PARTS).forEach(part -> parts.add(read(part, depth + 1)));
    return parts;
  }

  private static String name(Fields fields, String name) {
    return fields.requiredText(name, MAX_NAME);
  }
}
