// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui.wire;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.boomerang.dialect.getui.push.PushRequest;
import dev.boomerang.dialect.getui.wire.proto.GetuiV1.ActionChain;
import dev.boomerang.dialect.getui.wire.proto.GetuiV1.Transparent;
import dev.boomerang.dialect.getui.wire.template.ActionChains;
import dev.boomerang.dialect.getui.wire.template.NotificationStep;
import dev.boomerang.dialect.getui.wire.template.TemplateKind;
import dev.boomerang.model.push.Content;
import dev.boomerang.model.push.Content.Action;
import dev.boomerang.model.push.Content.Click;
import dev.boomerang.model.push.Content.DataMessage;
import dev.boomerang.model.registration.Platform;
import dev.boomerang.web.field.Json;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Reads the content of a message. `notifyId` is that of its notification.
///
/// Source: Getui "V1 server SDK", push templates.
record MessageContent(PushRequest.Instruction instruction, Optional<String> notifyId) {
  /// Names the extra that holds what an app is given when its notification is opened, as in REST
  /// V2.
  private static final String PAYLOAD = "payload";

  private static final String POPUP = "popup";

  /// Returns what a message says, for all platforms. `transmission` is the request's own text for
  /// the app. Throws [WireResult#NO_MESSAGE] if a step that the template needs is missing.
  static MessageContent read(
      Transparent message, String pushType, String transmission, String appName) {
    TemplateKind template = TemplateKind.of(message, pushType);
    ActionChains steps = ActionChains.of(message);
    // A revoking message has no content, so what it says for iPhones is not read.
    if (template == TemplateKind.REVOKE) {
      return new MessageContent(revoke(required(steps.revoke())), Optional.empty());
    }
    Optional<Content> ios =
        ApnsPayload.read(message.getPushInfo(), appName, data(template, transmission));
    if (template == TemplateKind.APN) {
      return send(ios.orElseThrow(() -> new WireResultException(WireResult.NO_MESSAGE)));
    }
    Content others = content(template, steps, transmission);
    Content content =
        ios.<Content>map(
                iosContent -> new Content.PerPlatform(others, Map.of(Platform.IOS, iosContent)))
            .orElse(others);
    return new MessageContent(
        new PushRequest.Send(content),
        steps
            .notification()
            .map(step -> NotificationStep.of(step).notifyId())
            .orElseGet(() -> vendorNotifyId(message)));
  }

  private static MessageContent send(Content content) {
    return new MessageContent(new PushRequest.Send(content), Optional.empty());
  }

  /// Returns the notification id meant for vendors' channels, which counts where the message has no
  /// notification step.
  private static Optional<String> vendorNotifyId(Transparent message) {
    return Optional.of(message.getPushInfo().getNotifyInfo().getNotifyId())
        .filter(id -> !id.isBlank());
  }

  /// Returns what goes to the app itself, without a notification of its own.
  private static String data(TemplateKind template, String transmission) {
    return switch (template) {
      case TRANSMISSION, INC, POPUP -> transmission;
      case NOTIFICATION, LINK, DOWNLOAD, APN, START_ACTIVITY, REVOKE -> "";
    };
  }

  /// Returns the content for all but Apple's devices. APN and REVOKE never come here.
  private static Content content(TemplateKind template, ActionChains steps, String transmission) {
    return switch (template) {
      case TRANSMISSION, INC -> new DataMessage(transmission, Map.of());
      case POPUP -> new DataMessage(transmission, popup(steps));
      case NOTIFICATION -> notification(steps, Optional.empty(), payload(transmission));
      case LINK ->
          notification(
              steps,
              Optional.of(new Click(Action.URL, required(steps.page()).getUrl())),
              payload(transmission));
      case START_ACTIVITY ->
          notification(steps, Optional.of(activity(steps)), payload(transmission));
      case DOWNLOAD -> download(steps, payload(transmission));
      case APN, REVOKE -> throw new IllegalStateException(template + " has no such content");
    };
  }

  private static Content notification(
      ActionChains steps, Optional<Click> click, Map<String, String> extras) {
    return NotificationStep.of(required(steps.notification()))
        .content(click.filter(it -> !it.uri().isBlank()), extras);
  }

  /// Returns a step that the template cannot do without.
  private static ActionChain required(Optional<ActionChain> step) {
    return step.orElseThrow(() -> new WireResultException(WireResult.NO_MESSAGE));
  }

  private static Map<String, String> payload(String transmission) {
    return transmission.isEmpty() ? Map.of() : Map.of(PAYLOAD, transmission);
  }

  /// Returns the click that starts an activity of the app; it is blank, and then left out, without
  /// a `uri`.
  private static Click activity(ActionChains steps) {
    return new Click(
        Action.INTENT, ActionChains.values(required(steps.activity())).getOrDefault("uri", ""));
  }

  /// Returns a notification whose opening starts the download; the app shows the question before
  /// it.
  private static Content download(ActionChains steps, Map<String, String> payload) {
    Map<String, String> extras = new HashMap<>(payload);
    extras.putAll(popup(steps));
    return notification(
        steps, Optional.of(new Click(Action.URL, required(steps.download()).getUrl())), extras);
  }

  /// Returns the question that the app shows by itself, as JSON in one extra; none without a popup
  /// step. What the file to download is called goes with it.
  private static Map<String, String> popup(ActionChains steps) {
    return steps
        .popup()
        .map(
            step -> {
              ObjectNode popup =
                  Json.object()
                      .put("title", step.getTitle())
                      .put("text", step.getText())
                      .put("image", step.getImg());
              var buttons = popup.putArray("buttons");
              step.getButtonsList().forEach(button -> buttons.add(button.getText()));
              steps
                  .download()
                  .ifPresent(
                      file ->
                          popup
                              .putObject("download")
                              .put("name", file.getName())
                              .put("url", file.getUrl())
                              .put(
                                  "icon",
                                  file.getLogo().isEmpty() ? file.getLogoURL() : file.getLogo()));
              return Map.of(POPUP, Json.write(popup));
            })
        .orElse(Map.of());
  }

  /// Returns which task is taken back. Newer libraries write it as named values, older ones in the
  /// step's own fields; the values come first.
  private static PushRequest.Instruction revoke(ActionChain step) {
    Map<String, String> values = ActionChains.values(step);
    String task = values.getOrDefault("taskid", step.getTaskid());
    if (task.isBlank()) {
      throw new WireResultException(WireResult.BLANK_TASK);
    }
    boolean force = Boolean.parseBoolean(values.getOrDefault("force", "")) || step.getForce();
    return new PushRequest.Revoke(task, force);
  }
}
