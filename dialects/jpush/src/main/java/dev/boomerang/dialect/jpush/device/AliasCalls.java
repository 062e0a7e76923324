// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.jpush.device;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.dialect.jpush.base.Authenticator.Caller;
import dev.boomerang.dialect.jpush.base.JpushConfig;
import dev.boomerang.dialect.jpush.base.PlatformNames;
import dev.boomerang.dialect.jpush.base.TimeFormats;
import dev.boomerang.engine.registration.Registrations;
import dev.boomerang.model.registration.Registration;
import dev.boomerang.model.registration.Segment;
import dev.boomerang.web.field.Fields;
import dev.boomerang.web.field.Json;
import dev.boomerang.web.http.Call;
import dev.boomerang.web.http.Reply;
import dev.boomerang.web.text.QueryParameters;
import java.util.Comparator;
import java.util.List;

/// Serves `/v3/aliases`.
///
/// Source: JPush "Device API v3", aliases.
public final class AliasCalls {
  private static final String ALIAS = "alias";
  private static final String NEW_FORMAT = "new_format";

  /// The suffix by which `jiguang-sdk-go` asks for the new format when it names no platform:
  /// without a `?`.
  private static final String MISPLACED = "&" + NEW_FORMAT + "=true";

  private final Registrations registrations;
  private final DeviceSelectors deviceSelectors;
  private final JpushConfig config;

  public AliasCalls(Registrations registrations, JpushConfig config) {
    this.registrations = registrations;
    this.deviceSelectors = new DeviceSelectors(registrations);
    this.config = config;
  }

  public Reply show(Caller caller, Call call) {
    String last = call.param(ALIAS);
    boolean misplaced = last.endsWith(MISPLACED);
    String name =
        DeviceSelectors.checkedName(
            ALIAS, misplaced ? last.substring(0, last.length() - MISPLACED.length()) : last);
    Segment wanted = DeviceSelectors.onPlatforms(call, new Segment.HasAlias(name));
    List<Registration> devices =
        registrations.ofAlias(caller.app().id(), name).stream()
            .filter(wanted::covers)
            .sorted(Comparator.comparing(Registration::id))
            .toList();
    boolean newFormat =
        Fields.of(QueryParameters.parse(call.query())).flag(NEW_FORMAT).orElse(misplaced);
    return Reply.json(200, Json.write(newFormat ? described(devices) : listed(devices)));
  }

  private static ObjectNode listed(List<Registration> devices) {
    ObjectNode body = Json.object();
    var ids = body.putArray("registration_ids");
    devices.forEach(device -> ids.add(device.id().value()));
    return body;
  }

  private ObjectNode described(List<Registration> devices) {
    ObjectNode body = Json.object();
    var data = body.putArray("data");
    for (Registration device : devices) {
      ObjectNode one =
          data.addObject()
              .put("registration_id", device.id().value())
              .put("platform", PlatformNames.name(device.device().platform()));
      registrations
          .lastConnected(device)
          .ifPresent(seen -> one.put("last_online_date", TimeFormats.day(seen, config.zone())));
    }
    return body;
  }

  /// Unbinds some devices. One that has another alias keeps it.
  public Reply change(Caller caller, Call call) {
    String alias = DeviceSelectors.pathName(call, ALIAS);
    Fields ids = Fields.of(call.body(), "the body").object("registration_ids");
    for (Registration device :
        deviceSelectors.registrations(caller, ids, "remove").requireAllKnown()) {
      registrations.update(
          device.id(), before -> before.with(before.profile().withoutAlias(alias)));
    }
    return config.emptyReply();
  }

  public Reply delete(Caller caller, Call call) {
    String alias = DeviceSelectors.pathName(call, ALIAS);
    registrations.updateAll(
        caller.app().id(),
        DeviceSelectors.onPlatforms(call, new Segment.HasAlias(alias)),
        before -> before.with(before.profile().withoutAlias(alias)));
    return config.emptyReply();
  }
}
