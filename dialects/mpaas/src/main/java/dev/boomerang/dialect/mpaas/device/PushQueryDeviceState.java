// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.mpaas.device;

import static dev.boomerang.dialect.mpaas.error.ResultCode.INVALID_PARAM;
import static dev.boomerang.dialect.mpaas.error.ResultCode.TOKEN_OR_USERID_NULL;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.dialect.mpaas.action.ApiAction;
import dev.boomerang.dialect.mpaas.error.ResultCode;
import dev.boomerang.dialect.mpaas.error.ResultException;
import dev.boomerang.dialect.mpaas.request.ActionParams;
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

/// Answers the state of a device, or of a user's device. If there are several devices, the answer
/// is about one that is connected, else about the one seen last. An unknown target is not an error:
/// its state is `UNKNOW`, the vendor's spelling.
///
/// Source: mPaaS "查询设备状态" and the SDK's response class, whose field really is `Statue`.
public final class PushQueryDeviceState implements ApiAction {
  private static final String TARGET_TYPE = "TargetType";
  private static final String TARGET = "Target";
  private static final int DEVICE = 1;
  private static final int USER = 2;

  /// The manufacturers by our names of the channels: a registration's vendor token tells its maker.
  private static final Map<String, String> MAKERS =
      Map.of(
          "xiaomi", "miui",
          "hms", "hms",
          "fcm", "fcm",
          "oppo", "oppo",
          "vivo", "vivo",
          "honor", "honor");

  private final Registrations registrations;

  public PushQueryDeviceState(Registrations registrations) {
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
  public ObjectNode execute(App app, ActionParams params) {
    boolean byDevice = isDevice(params);
    String target = params.required(TARGET, TOKEN_OR_USERID_NULL);
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
  public ObjectNode errorResponse(ResultException fault) {
    return envelope(false, fault.code(), fault.text());
  }

  private static boolean isDevice(ActionParams params) {
    return params
            .number(TARGET_TYPE, DEVICE, USER, INVALID_PARAM)
            .orElseThrow(() -> ActionParams.invalid(TARGET_TYPE, "must be 1 (device) or 2 (user)"))
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

  /// Returns the manufacturer: the device's own `manufacturer` if the vendor lists it, else that of
  /// its vendor token, else that of its platform.
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
