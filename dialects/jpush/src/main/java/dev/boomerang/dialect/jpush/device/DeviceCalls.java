// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.jpush.device;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.dialect.jpush.base.Authenticator.Caller;
import dev.boomerang.dialect.jpush.base.FieldFormats;
import dev.boomerang.dialect.jpush.base.JpushConfig;
import dev.boomerang.dialect.jpush.base.JpushError;
import dev.boomerang.dialect.jpush.base.JpushException;
import dev.boomerang.dialect.jpush.base.TimeFormats;
import dev.boomerang.engine.registration.Registrations;
import dev.boomerang.model.app.AppId;
import dev.boomerang.model.registration.Device;
import dev.boomerang.model.registration.Profile;
import dev.boomerang.model.registration.Registration;
import dev.boomerang.web.field.Fields;
import dev.boomerang.web.field.Json;
import dev.boomerang.web.http.Call;
import dev.boomerang.web.http.Reply;
import dev.boomerang.web.text.InvalidFieldException.Kind;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Serves `/v3/devices`: what a server knows of a device, and whether it is online.
///
/// Source: JPush "Device API v3", devices.
public final class DeviceCalls {
  static final int MAX_TAGS_OF_DEVICE = 1_000;

  /// The device attribute that has the number an SMS would go to.
  static final String MOBILE = "jpush.mobile";

  private static final Pattern NUMBER = Pattern.compile("\\+?[0-9-]{1,24}");
  private static final Duration STILL_ONLINE = Duration.ofMinutes(10);
  private static final Duration REMEMBERED = Duration.ofDays(2);

  private final Registrations registrations;
  private final DeviceSelectors deviceSelectors;
  private final JpushConfig config;
  private final Clock clock;

  public DeviceCalls(Registrations registrations, JpushConfig config, Clock clock) {
    this.registrations = registrations;
    this.deviceSelectors = new DeviceSelectors(registrations);
    this.config = config;
    this.clock = clock;
  }

  public Reply show(Caller caller, Call call) {
    Registration device = deviceSelectors.registration(caller, call.param("id"));
    ObjectNode body = Json.object();
    device.profile().tags().stream().sorted().forEach(body.putArray("tags")::add);
    body.put("alias", device.profile().alias().orElse(null));
    body.put("mobile", device.device().attributes().get(MOBILE));
    return Reply.json(200, Json.write(body));
  }

  /// Changes a device's profile: an absent member stays as it is, an empty text clears it.
  private record ProfileChange(
      boolean clearsTags,
      Set<String> remove,
      Set<String> add,
      Optional<String> alias,
      Optional<String> mobile) {

    Registration apply(Registration before) {
      Profile profile = before.profile();
      Device device = before.device();
      Optional<String> named =
          alias.map(name -> Optional.of(name).filter(it -> !it.isEmpty())).orElse(profile.alias());
      return before.changed(
          device.withAttributes(attributes(device.attributes())),
          profile.withAlias(named).withTags(tags(profile.tags())),
          before.reachability());
    }

    private Map<String, String> attributes(Map<String, String> before) {
      var after = new HashMap<>(before);
      mobile.ifPresent(number -> after.put(MOBILE, number));
      after.values().removeIf(String::isEmpty);
      return mobile.isPresent() ? after : before;
    }

    private Set<String> tags(Set<String> before) {
      var after = new HashSet<>(clearsTags ? Set.of() : before);
      after.removeAll(remove);
      after.addAll(add);
      if (after.size() > MAX_TAGS_OF_DEVICE && after.size() > before.size()) {
        throw new JpushException(
            JpushError.DEVICE_INVALID, "a device may have at most " + MAX_TAGS_OF_DEVICE + " tags");
      }
      return after;
    }
  }

  public Reply change(Caller caller, Call call) {
    Registration device = deviceSelectors.registration(caller, call.param("id"));
    ProfileChange profileChange = readChange(Fields.of(call.body(), "the body"));
    profileChange.alias().ifPresent(alias -> checkRoom(caller.app().id(), alias, device));
    if (registrations.update(device.id(), profileChange::apply).isEmpty()) {
      throw DeviceSelectors.unknownRegistration(device.id().value());
    }
    return config.emptyReply();
  }

  private static ProfileChange readChange(Fields body) {
    Optional<String> alias = body.text("alias", 64);
    alias
        .filter(name -> !name.isEmpty())
        .ifPresent(name -> FieldFormats.checkName(body, "alias", name));
    Optional<String> mobile = body.text("mobile", 32);
    if (mobile.filter(it -> !it.isEmpty() && !NUMBER.matcher(it).matches()).isPresent()) {
      throw body.invalid("mobile", Kind.MALFORMED, "must be a phone number");
    }
    boolean clears = body.node("tags").filter(JsonNode::isTextual).isPresent();
    if (clears && !body.text("tags", 64).orElse("").isEmpty()) {
      throw body.invalid("tags", Kind.MALFORMED, "must be an object, or an empty text");
    }
    Fields tags = clears ? Fields.of(Json.object()) : body.object("tags");
    return new ProfileChange(
        clears,
        DeviceSelectors.tags(tags, "remove"),
        DeviceSelectors.tags(tags, "add"),
        alias,
        mobile);
  }

  /// Two calls at the same moment may both find the last place free.
  private void checkRoom(AppId app, String alias, Registration device) {
    int most = config.devicesPerAlias();
    if (most > 0 && !alias.isEmpty()) {
      long others =
          registrations.ofAlias(app, alias).stream()
              .filter(other -> !other.id().equals(device.id()))
              .count();
      if (others >= most) {
        throw new JpushException(
            JpushError.DEVICE_ALIAS_FULL, "the alias is bound to " + most + " devices already");
      }
    }
  }

  /// An unknown id has an empty answer of its own, for it is no fault here.
  public Reply status(Caller caller, Call call) {
    Fields body = Fields.of(call.body(), "the body");
    DeviceSelectors.IdLookup idLookup =
        deviceSelectors.registrations(caller, body, "registration_ids");
    if (idLookup.isEmpty()) {
      throw body.invalid("registration_ids", Kind.MISSING, "must be given");
    }
    ObjectNode answer = Json.object();
    idLookup.unknown().forEach(answer::putObject);
    idLookup.known().forEach(device -> presence(device, answer.putObject(device.id().value())));
    return Reply.json(200, Json.write(answer));
  }

  /// A device that registered and never connected is not online, and has no time.
  private void presence(Registration device, ObjectNode answer) {
    Instant now = clock.instant();
    Optional<Instant> last = registrations.lastConnected(device);
    boolean online = last.filter(it -> it.isAfter(now.minus(STILL_ONLINE))).isPresent();
    answer.put("online", online);
    last.filter(it -> !online && it.isAfter(now.minus(REMEMBERED)))
        .ifPresent(it -> answer.put("last_online_time", TimeFormats.second(it, config.zone())));
  }
}
