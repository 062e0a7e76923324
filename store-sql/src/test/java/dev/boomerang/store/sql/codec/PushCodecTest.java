// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.store.sql.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boomerang.model.app.AppId;
import dev.boomerang.model.push.Audience;
import dev.boomerang.model.push.Audience.Everyone;
import dev.boomerang.model.push.Audience.TargetKind;
import dev.boomerang.model.push.Audience.Targeted;
import dev.boomerang.model.push.Audience.TimeRange;
import dev.boomerang.model.push.Content;
import dev.boomerang.model.push.Content.DataMessage;
import dev.boomerang.model.push.Content.Notification;
import dev.boomerang.model.push.OverrideTarget;
import dev.boomerang.model.push.Push;
import dev.boomerang.model.push.RequestKey;
import dev.boomerang.model.push.SendRate;
import dev.boomerang.model.push.Source;
import dev.boomerang.model.push.Strategy;
import dev.boomerang.model.push.Target;
import dev.boomerang.model.push.TaskId;
import dev.boomerang.model.push.Webhook;
import dev.boomerang.model.registration.Platform;
import dev.boomerang.model.registration.RegistrationId;
import dev.boomerang.model.registration.Segment;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PushCodecTest {
  private static final AppId SHOP = new AppId("shop");
  private static final Content HELLO = Notification.of("你好", "a\nb\u0001\\u0000");
  private static final Push.Options PLAIN = Push.Options.of("kit", Duration.ofHours(1));
  private static final TimeRange WINDOW =
      new TimeRange(
          Instant.parse("2026-01-01T00:00:00Z"), Instant.parse("2026-02-01T00:00:00.007Z"));

  private static final Segment SEGMENT =
      new Segment.All(
          List.of(
              new Segment.Any(List.of(new Segment.HasTag("vip"), new Segment.HasAlias("a"))),
              new Segment.Not(new Segment.InRegion("cn-north")),
              new Segment.Any(
                  List.of(
                      new Segment.OnPlatform(Platform.IOS),
                      new Segment.HasUser("u"),
                      new Segment.RegistrationIs(new RegistrationId("17400000000000123456789")),
                      new Segment.HasAttribute("os", "14")))));

  private static Push to(Audience audience) {
    return new Push(SHOP, "", audience, HELLO, PLAIN);
  }

  private static Push of(Content content, Push.Options options) {
    Audience ada = new Targeted(TargetKind.USER, List.of(Target.of("ada")), Optional.empty());
    return new Push(SHOP, "spring \"sale\"", ada, content, options);
  }

  static Stream<Push> pushes() {
    var own = new Target("eve", Optional.of("m-2"), Optional.of(new DataMessage("{}", Map.of())));
    var bare = new Target("bob", Optional.empty(), Optional.of(Notification.of("for bob", "")));
    Stream<Push> named =
        Arrays.stream(TargetKind.values())
            .map(
                targetKind ->
                    to(
                        new Targeted(
                            targetKind,
                            List.of(Target.of("ada"), Target.of("ada", "m-1"), own, bare),
                            Optional.of(Platform.HARMONY))));
    Stream<Push> rest =
        Stream.of(
            to(new Targeted(TargetKind.ALIAS, List.of(), Optional.empty())),
            to(Everyone.all(Optional.empty())),
            to(Everyone.all(Optional.of(Platform.IOS))),
            to(new Everyone(Optional.empty(), Optional.of(WINDOW), Optional.empty())),
            to(new Everyone(Optional.empty(), Optional.empty(), Optional.of(WINDOW))),
            to(new Everyone(Optional.of(Platform.WEB), Optional.empty(), Optional.empty())),
            of(new DataMessage("body", Map.of("k", "v")), PLAIN),
            of(
                HELLO,
                new Push.Options(
                    new Source("native", Source.Kind.TEMPLATE, Optional.of("welcome")),
                    Duration.ofDays(30),
                    Optional.of(new RequestKey("push", "key 1")),
                    Optional.of("message-1"),
                    Map.of("channel", "7", "", ""),
                    Map.of(
                        Platform.IOS, new OverrideTarget.Key("news"),
                        Platform.ANDROID,
                            new OverrideTarget.EarlierTask(new TaskId(9), Duration.ofDays(1))),
                    Optional.of(new SendRate.PerSecond(7)),
                    Strategy.VENDOR_ONLY,
                    Optional.of(
                        new Webhook(
                            URI.create("https://example.org/a?b"),
                            Map.of("k", "v"),
                            Set.of(Webhook.EventType.CLICKED, Webhook.EventType.NOT_RECEIVED))))),
            of(HELLO, PLAIN.pace(Optional.of(new SendRate.SpreadOver(Duration.ofMinutes(5))))),
            of(
                new Content.NotificationWithData(
                    Notification.of("t", "b"), new DataMessage("d", Map.of("a", "b"))),
                PLAIN),
            of(
                new Content.PerPlatform(
                    HELLO, Map.of(Platform.IOS, new DataMessage("for ios", Map.of()))),
                PLAIN),
            to(new Audience.BySegment(SEGMENT)));
    Stream<Push> kinds =
        Arrays.stream(Source.Kind.values())
            .map(kind -> Source.of("kit", kind))
            .map(source -> of(HELLO, Push.Options.of(source, Duration.ofMillis(1))));
    return Stream.of(named, rest, kinds).flatMap(stream -> stream);
  }

  @ParameterizedTest
  @MethodSource("pushes")
  void push_ofEachShape_comesBackAsItWas(Push push) {
    assertThat(PushCodec.read(PushCodec.write(push))).isEqualTo(push);
  }
}
