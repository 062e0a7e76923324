// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.store.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boomerang.model.AppId;
import dev.boomerang.model.Audience;
import dev.boomerang.model.Audience.By;
import dev.boomerang.model.Audience.Everyone;
import dev.boomerang.model.Audience.Named;
import dev.boomerang.model.Audience.Window;
import dev.boomerang.model.Callback;
import dev.boomerang.model.Content;
import dev.boomerang.model.Content.DataMessage;
import dev.boomerang.model.Content.Notification;
import dev.boomerang.model.Pace;
import dev.boomerang.model.Platform;
import dev.boomerang.model.Push;
import dev.boomerang.model.RegistrationId;
import dev.boomerang.model.Replacing;
import dev.boomerang.model.RequestKey;
import dev.boomerang.model.Segment;
import dev.boomerang.model.Source;
import dev.boomerang.model.Strategy;
import dev.boomerang.model.Target;
import dev.boomerang.model.TaskId;
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

class PushTextTest {
  private static final AppId SHOP = new AppId("shop");
  private static final Content HELLO = Notification.of("你好", "a\nb\u0001\\u0000");
  private static final Push.Options PLAIN = Push.Options.of("kit", Duration.ofHours(1));
  private static final Window WINDOW =
      new Window(Instant.parse("2026-01-01T00:00:00Z"), Instant.parse("2026-02-01T00:00:00.007Z"));

  private static final Segment SEGMENT =
      new Segment.All(
          List.of(
              new Segment.Any(List.of(new Segment.Tagged("vip"), new Segment.Aliased("a"))),
              new Segment.Not(new Segment.In("cn-north")),
              new Segment.Any(
                  List.of(
                      new Segment.On(Platform.IOS),
                      new Segment.OfUser("u"),
                      new Segment.Registered(new RegistrationId("17400000000000123456789")),
                      new Segment.Having("os", "14")))));

  private static Push to(Audience audience) {
    return new Push(SHOP, "", audience, HELLO, PLAIN);
  }

  private static Push of(Content content, Push.Options options) {
    Audience ada = new Named(By.USER, List.of(Target.of("ada")), Optional.empty());
    return new Push(SHOP, "spring \"sale\"", ada, content, options);
  }

  static Stream<Push> pushes() {
    var own = new Target("eve", Optional.of("m-2"), Optional.of(new DataMessage("{}", Map.of())));
    var bare = new Target("bob", Optional.empty(), Optional.of(Notification.of("for bob", "")));
    Stream<Push> named =
        Arrays.stream(By.values())
            .map(
                by ->
                    to(
                        new Named(
                            by,
                            List.of(Target.of("ada"), Target.of("ada", "m-1"), own, bare),
                            Optional.of(Platform.HARMONY))));
    Stream<Push> rest =
        Stream.of(
            to(new Named(By.ALIAS, List.of(), Optional.empty())),
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
                        Platform.IOS, new Replacing.Named("news"),
                        Platform.ANDROID, new Replacing.Earlier(new TaskId(9), Duration.ofDays(1))),
                    Optional.of(new Pace.PerSecond(7)),
                    Strategy.VENDOR_ONLY,
                    Optional.of(
                        new Callback(
                            URI.create("https://example.org/a?b"),
                            Map.of("k", "v"),
                            Set.of(Callback.Event.CLICKED, Callback.Event.NOT_RECEIVED))))),
            of(HELLO, PLAIN.pace(Optional.of(new Pace.Over(Duration.ofMinutes(5))))),
            of(
                new Content.Both(Notification.of("t", "b"), new DataMessage("d", Map.of("a", "b"))),
                PLAIN),
            of(
                new Content.PerPlatform(
                    HELLO, Map.of(Platform.IOS, new DataMessage("for ios", Map.of()))),
                PLAIN),
            to(new Audience.Matching(SEGMENT)));
    Stream<Push> kinds =
        Arrays.stream(Source.Kind.values())
            .map(kind -> Source.of("kit", kind))
            .map(source -> of(HELLO, Push.Options.of(source, Duration.ofMillis(1))));
    return Stream.of(named, rest, kinds).flatMap(stream -> stream);
  }

  @ParameterizedTest
  @MethodSource("pushes")
  void push_ofEachShape_comesBackAsItWas(Push push) {
    assertThat(PushText.read(PushText.write(push))).isEqualTo(push);
  }
}
