// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.gateway.mqtt;

import dev.boomerang.gateway.session.ReasonCode;
import dev.boomerang.model.app.AppId;
import dev.boomerang.model.app.Secret;
import dev.boomerang.model.registration.RegistrationId;
import dev.boomerang.model.text.WellFormedText;
import io.netty.handler.codec.mqtt.MqttConnectMessage;
import io.netty.handler.codec.mqtt.MqttConnectPayload;
import io.netty.handler.codec.mqtt.MqttConnectVariableHeader;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttVersion;
import java.util.Optional;

/// Holds what a CONNECT asks for, as far as it can be judged without the store.
public sealed interface ConnectRequest {

  record Refused(ReasonCode reasonCode) implements ConnectRequest {}

  /// Holds a well-formed request, whose `secret` is still to be checked. The numbers are what the
  /// device stated: `keepAliveSeconds` 0 for none, `receiveMaximum` and `maxPacketBytes` the limits
  /// of the protocol if it stated none.
  record Valid(
      AppId app,
      RegistrationId registration,
      Secret secret,
      int keepAliveSeconds,
      int receiveMaximum,
      int maxPacketBytes,
      boolean wantsSession)
      implements ConnectRequest {}

  int MAX_RECEIVE_MAXIMUM = 65_535;

  static ConnectRequest parse(MqttConnectMessage connect) {
    MqttConnectVariableHeader header = connect.variableHeader();
    MqttConnectPayload payload = connect.payload();
    Optional<RegistrationId> registration = RegistrationId.parse(payload.clientIdentifier());
    if (registration.isEmpty()) {
      return new Refused(ReasonCode.CLIENT_ID);
    }
    if (header.isWillFlag()) {
      return new Refused(header.isWillRetain() ? ReasonCode.RETAIN : ReasonCode.NOT_TAKEN);
    }
    if (header.properties().getProperty(MqttProperties.AUTHENTICATION_METHOD) != null) {
      return new Refused(ReasonCode.AUTH_METHOD);
    }
    boolean named = header.hasUserName() && header.hasPassword();
    String app = named ? payload.userName() : "";
    String password = named ? WellFormedText.decode(payload.passwordInBytes()) : "";
    if (app.isEmpty() || app.length() > 64 || !isText(app) || !WellFormedText.is(password)) {
      return new Refused(ReasonCode.CREDENTIALS);
    }
    int receiveMaximum = number(header, MqttProperties.RECEIVE_MAXIMUM, MAX_RECEIVE_MAXIMUM);
    int maxPacketBytes = number(header, MqttProperties.MAXIMUM_PACKET_SIZE, Integer.MAX_VALUE);
    boolean wantsSession =
        isV5(header) && number(header, MqttProperties.SESSION_EXPIRY_INTERVAL, 0) != 0;
    return new Valid(
        new AppId(app),
        registration.get(),
        new Secret(password),
        header.keepAliveTimeSeconds(),
        receiveMaximum,
        // A value beyond the largest packet of MQTT reads as negative and limits nothing.
        maxPacketBytes < 0 ? Integer.MAX_VALUE : maxPacketBytes,
        wantsSession);
  }

  /// Returns whether the user name is text. The decoder has replaced bytes that were not UTF-8 by
  /// U+FFFD.
  private static boolean isText(String userName) {
    return WellFormedText.is(userName) && userName.indexOf('\uFFFD') < 0;
  }

  static boolean isV5(MqttConnectVariableHeader header) {
    return header.version() == MqttVersion.MQTT_5.protocolLevel();
  }

  private static int number(MqttConnectVariableHeader header, int property, int otherwise) {
    return header.properties().getProperty(property)
            instanceof MqttProperties.IntegerProperty stated
        ? stated.value()
        : otherwise;
  }
}
