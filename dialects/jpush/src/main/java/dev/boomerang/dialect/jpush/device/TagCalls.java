// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.jpush.device;

import dev.boomerang.dialect.jpush.base.Authenticator.Caller;
import dev.boomerang.dialect.jpush.base.JpushConfig;
import dev.boomerang.dialect.jpush.base.JpushError;
import dev.boomerang.dialect.jpush.base.JpushException;
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

/// Serves `/v3/tags`.
///
/// Source: JPush "Device API v3", tags.
public final class TagCalls {
  /// The vendor lists 100 for each platform.
  private static final int MAX_LISTED = 1_000;

  private final Registrations registrations;
  private final DeviceSelectors deviceSelectors;
  private final JpushConfig config;

  public TagCalls(Registrations registrations, JpushConfig config) {
    this.registrations = registrations;
    this.deviceSelectors = new DeviceSelectors(registrations);
    this.config = config;
  }

  public Reply list(Caller caller, Call call) {
    var body = Json.object();
    registrations.tags(caller.app().id(), MAX_LISTED).forEach(body.putArray("tags")::add);
    return Reply.json(200, Json.write(body));
  }

  public Reply has(Caller caller, Call call) {
    String tag = DeviceSelectors.pathName(call, "tag");
    boolean has =
        deviceSelectors.registration(caller, call.param("id")).profile().tags().contains(tag);
    return Reply.json(200, Json.write(Json.object().put("result", has)));
  }

  public Reply change(Caller caller, Call call) {
    String tag = DeviceSelectors.pathName(call, "tag");
    Fields ids = Fields.of(call.body(), "the body").object("registration_ids");
    List<Registration> adding = deviceSelectors.registrations(caller, ids, "add").requireAllKnown();
    List<Registration> removing =
        deviceSelectors.registrations(caller, ids, "remove").requireAllKnown();
    removing.forEach(device -> registrations.update(device.id(), it -> tagged(it, tag, false)));
    adding.forEach(device -> registrations.update(device.id(), it -> tagged(it, tag, true)));
    return config.emptyReply();
  }

  public Reply delete(Caller caller, Call call) {
    String tag = DeviceSelectors.pathName(call, "tag");
    registrations.updateAll(
        caller.app().id(),
        DeviceSelectors.onPlatforms(call, new Segment.HasTag(tag)),
        before -> tagged(before, tag, false));
    return config.emptyReply();
  }

  private static Registration tagged(Registration before, String tag, boolean has) {
    Set<String> tags = new HashSet<>(before.profile().tags());
    boolean changed = has ? tags.add(tag) : tags.remove(tag);
    if (changed && tags.size() > DeviceCalls.MAX_TAGS_OF_DEVICE) {
      throw new JpushException(
          JpushError.DEVICE_INVALID,
          "a device may have at most " + DeviceCalls.MAX_TAGS_OF_DEVICE + " tags",
          List.of(before.id().value()));
    }
    return before.with(before.profile().withTags(tags));
  }
}
