// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.mpaas.device;

import static dev.boomerang.dialect.mpaas.error.ResultCode.INVALID_PARAM;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.dialect.mpaas.action.ApiAction;
import dev.boomerang.dialect.mpaas.action.PushResult;
import dev.boomerang.dialect.mpaas.request.ActionParams;
import dev.boomerang.model.app.App;
import dev.boomerang.model.registration.Device;
import dev.boomerang.model.registration.ReachabilityInfo;
import dev.boomerang.model.registration.Registration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reports a device: that it exists, what it is, and its token at a vendor's channel. Known values
/// that are not reported again stay. `Data` is the registration id.
///
/// `Imei` and `Imsi` are accepted and not kept: they name a person's phone, and nothing here would
/// use them.
public final class PushReport implements ApiAction {
  private static final String THIRD_CHANNEL = "ThirdChannel";
  private static final String THIRD_TOKEN = "ThirdChannelDeviceToken";

  /// The vendors' numbers are not public. Tokens are kept under the number, so that their channels
  /// can use them once the numbers are known; until then none is used.
  private static final String TOKEN_NAME = "mpaas-third-";

  private static final int MAX_CHANNEL = 9_999;
  private static final int MAX_TOKEN = 1_024;
  private static final int MAX_ATTRIBUTE = 128;

  /// Our names of the attributes that a device reports.
  private static final Map<String, String> ATTRIBUTES =
      Map.of(
          "Channel", "channel",
          "Model", "model",
          "AppVersion", "appVersion",
          "PushVersion", "pushVersion",
          "ConnectType", "connectType");

  private final DeliveryTokenResolver tokens;

  public PushReport(DeliveryTokenResolver tokens) {
    this.tokens = tokens;
  }

  @Override
  public String name() {
    return "PushReport";
  }

  @Override
  public List<String> mandatory() {
    return List.of(DeliveryTokenResolver.DELIVERY_TOKEN, DeliveryTokenResolver.OS_TYPE);
  }

  @Override
  public ObjectNode execute(App app, ActionParams params) {
    Map<String, String> reported = attributes(params);
    Map<String, String> vendorTokens = vendorTokens(params);
    Registration registration = tokens.findOrCreate(app, params);
    tokens.update(
        registration,
        before -> {
          Device device = before.device();
          ReachabilityInfo reachabilityInfo = before.reachability();
          return before.changed(
              device.withAttributes(merged(device.attributes(), reported)),
              before.profile(),
              reachabilityInfo.vendorTokens(merged(reachabilityInfo.vendorTokens(), vendorTokens)));
        });
    return PushResult.ok(registration.id().value());
  }

  private static Map<String, String> attributes(ActionParams params) {
    Map<String, String> reported = new HashMap<>();
    ATTRIBUTES.forEach(
        (theirs, ours) ->
            params.text(theirs, MAX_ATTRIBUTE).ifPresent(value -> reported.put(ours, value)));
    return reported;
  }

  private static Map<String, String> vendorTokens(ActionParams params) {
    Optional<Long> channel = params.number(THIRD_CHANNEL, 0, MAX_CHANNEL, INVALID_PARAM);
    return params
        .text(THIRD_TOKEN, MAX_TOKEN)
        .map(
            token ->
                Map.of(
                    TOKEN_NAME
                        + channel.orElseThrow(
                            () ->
                                ActionParams.invalid(
                                    THIRD_CHANNEL, "must be given with " + THIRD_TOKEN)),
                    token))
        .orElse(Map.of());
  }

  private static Map<String, String> merged(Map<String, String> old, Map<String, String> fresh) {
    Map<String, String> both = new HashMap<>(old);
    both.putAll(fresh);
    return both;
  }
}
