// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.mpaas;

import static dev.boomerang.dialect.mpaas.ResultCode.INVALID_PARAM;
import static dev.boomerang.dialect.mpaas.ResultCode.TOKEN_OR_USERID_NULL;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.engine.registration.Registrations;
import dev.boomerang.model.app.App;
import dev.boomerang.model.registration.Platform;
import dev.boomerang.model.registration.Registration;
import dev.boomerang.web.field.Json;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// How a device, or a user's device, is. Of several devices the answer is about one that is
/// connected, else about the one seen last. A target nobody knows is not an error: its state is
/// `UNKNOW`, the vendor's spelling.
///
/// Source: mPaaS "查询设备状态" and the SDK's response class, whose field really is `Statue`.
final class PushQueryDeviceState implements Action {
  private static final String TARGET_TYPE = "TargetType";
  private static final String TARGET = "Target";
  private static final int DEVICE = 1;
  private static final int USER = 2;

  /// Whose token a registration has tells the maker; by our names of the channels.
  private static final Map<String, String> MAKERS =
      Map.of(
          "xiaomi", "miui",
          "hms", "hms",
          "fcm", "fcm",
          "oppo", "oppo",
          "vivo", "vivo",
          "honor", "honor");

  private final Registrations registrations;

  PushQueryDeviceState(Registrations registrations) {
    this.registrations = registrations;
  }

  @Override
  public String name() {
    return "PushQueryDeviceState";
  }

  @Override
  public List<String> mandatory() {
    return List.of(TARGET_TYPE, TARGET);
  }

  @Override
  public ObjectNode answer(App app, Args args) {
    boolean byDevice = isDevice(args);
    String target = args.filled(TARGET, TOKEN_OR_USERID_NULL);
    List<Registration> found =
        byDevice
            ? registrations.findDevice(app.id(), target).stream().toList()
            : registrations.ofUser(app.id(), target);
    ObjectNode data =
        found.stream()
            .max(
                Comparator.comparing((Registration r) -> registrations.isConnected(r.id()))
                    .thenComparing(Registration::seenAt))
            .map(this::known)
            .orElseGet(() -> unknown(byDevice, target));
    return envelope(true, ResultCode.SUCCESS, ResultCode.SUCCESS.text()).set("Data", data);
  }

  @Override
  public ObjectNode refuse(ResultFault fault) {
    return envelope(false, fault.code(), fault.text());
  }

  private static boolean isDevice(Args args) {
    return args.number(TARGET_TYPE, DEVICE, USER, INVALID_PARAM)
            .orElseThrow(() -> Args.invalid(TARGET_TYPE, "must be 1 (device) or 2 (user)"))
        == DEVICE;
  }

  private ObjectNode known(Registration registration) {
    return data(
            registration.profile().userId().orElse(""),
            registration.device().deviceId().orElse(registration.id().value()))
        .put("DeliveryToken", registration.id().value())
        .put("ThirdToken", thirdToken(registration))
        .put("Platform", platform(registration.device().platform()))
        .put("Manufacturer", manufacturer(registration))
        .put("Statue", registrations.isConnected(registration.id()) ? "ONLINE" : "OFFLINE");
  }

  private static ObjectNode unknown(boolean byDevice, String target) {
    return data(byDevice ? "" : target, byDevice ? target : "")
        .put("DeliveryToken", "")
        .put("ThirdToken", "")
        .put("Platform", "")
        .put("Manufacturer", "unknown")
        .put("Statue", "UNKNOW");
  }

  private static ObjectNode data(String user, String device) {
    return Json.object().put("UserId", user).put("DeviceId", device);
  }

  private static ObjectNode envelope(boolean success, ResultCode code, String message) {
    return Json.object().put("Success", success).put("Code", code.code()).put("Message", message);
  }

  private static String platform(Platform platform) {
    return platform == Platform.HARMONY ? "harmonyos" : platform.wire();
  }

  private static String thirdToken(Registration registration) {
    return registration.reachability().vendorTokens().entrySet().stream()
        .min(Map.Entry.comparingByKey())
        .map(Map.Entry::getValue)
        .orElse("");
  }

  /// From the device's own `manufacturer`, if it is one the vendor lists, else from its vendor
  /// token, else its platform.
  private static String manufacturer(Registration registration) {
    Optional<String> said =
        Optional.ofNullable(registration.device().attributes().get("manufacturer"))
            .map(name -> name.toLowerCase(Locale.ROOT))
            .flatMap(name -> Optional.ofNullable(MAKERS.get(name)));
    return said.or(
            () ->
                registration.reachability().vendorTokens().keySet().stream()
                    .sorted()
                    .flatMap(channel -> Optional.ofNullable(MAKERS.get(channel)).stream())
                    .findFirst())
        .orElseGet(() -> ofPlatform(registration.device().platform()));
  }

  private static String ofPlatform(Platform platform) {
    return switch (platform) {
      case ANDROID -> "android";
      case IOS -> "ios";
      case HARMONY -> "harmonyos";
      case QUICKAPP, WEB -> "unknown";
    };
  }
}
