// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.jpush;

import dev.boomerang.dialect.jpush.Access.Caller;
import dev.boomerang.engine.registration.Registrations;
import dev.boomerang.model.registration.Registration;
import dev.boomerang.model.registration.Segment;
import dev.boomerang.web.field.Fields;
import dev.boomerang.web.field.Json;
import dev.boomerang.web.http.Call;
import dev.boomerang.web.http.Reply;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// `/v3/tags`.
///
/// Source: JPush "Device API v3", tags.
final class TagCalls {
  /// The vendor lists 100 for each platform.
  private static final int MAX_LISTED = 1_000;

  private final Registrations registrations;
  private final Named named;
  private final JpushConfig config;

  TagCalls(Registrations registrations, JpushConfig config) {
    this.registrations = registrations;
    this.named = new Named(registrations);
    this.config = config;
  }

  Reply list(Caller caller, Call call) {
    var body = Json.object();
    registrations.tags(caller.app().id(), MAX_LISTED).forEach(body.putArray("tags")::add);
    return Reply.json(200, Json.write(body));
  }

  Reply has(Caller caller, Call call) {
    String tag = Named.inPath(call, "tag");
    boolean has = named.one(caller, call.param("id")).profile().tags().contains(tag);
    return Reply.json(200, Json.write(Json.object().put("result", has)));
  }

  Reply change(Caller caller, Call call) {
    String tag = Named.inPath(call, "tag");
    Fields ids = Fields.of(call.body(), "the body").object("registration_ids");
    List<Registration> adding = named.among(caller, ids, "add").allGood();
    List<Registration> removing = named.among(caller, ids, "remove").allGood();
    removing.forEach(device -> registrations.update(device.id(), it -> tagged(it, tag, false)));
    adding.forEach(device -> registrations.update(device.id(), it -> tagged(it, tag, true)));
    return PushCalls.nothing(config);
  }

  Reply delete(Caller caller, Call call) {
    String tag = Named.inPath(call, "tag");
    registrations.updateAll(
        caller.app().id(),
        Named.onPlatforms(call, new Segment.HasTag(tag)),
        before -> tagged(before, tag, false));
    return PushCalls.nothing(config);
  }

  private static Registration tagged(Registration before, String tag, boolean has) {
    Set<String> tags = new HashSet<>(before.profile().tags());
    boolean changed = has ? tags.add(tag) : tags.remove(tag);
    if (changed && tags.size() > DeviceCalls.MAX_TAGS_OF_DEVICE) {
      throw new JpushFault(
          JpushError.DEVICE_INVALID,
          "a device may have at most " + DeviceCalls.MAX_TAGS_OF_DEVICE + " tags",
          List.of(before.id().value()));
    }
    return before.with(before.profile().withTags(tags));
  }
}
