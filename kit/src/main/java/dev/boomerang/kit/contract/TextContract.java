// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.kit.contract;

import static dev.boomerang.kit.fixture.Fixtures.NOW;
import static dev.boomerang.kit.fixture.Fixtures.SHOP;
import static dev.boomerang.kit.fixture.Fixtures.aPush;
import static dev.boomerang.kit.fixture.Fixtures.aRegistration;
import static dev.boomerang.kit.fixture.Fixtures.aRegistrationId;
import static dev.boomerang.kit.fixture.Fixtures.aSchedule;
import static dev.boomerang.kit.fixture.Fixtures.aTaskId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.boomerang.kit.fixture.RegistrationBuilder;
import dev.boomerang.kit.fixture.ScheduleBuilder;
import dev.boomerang.model.app.Document;
import dev.boomerang.model.app.Upload;
import dev.boomerang.model.push.Audience;
import dev.boomerang.model.push.Content;
import dev.boomerang.model.push.Content.Notification;
import dev.boomerang.model.push.DialectDetail;
import dev.boomerang.model.push.Push;
import dev.boomerang.model.push.RequestKey;
import dev.boomerang.model.push.Target;
import dev.boomerang.model.push.Template;
import dev.boomerang.model.push.TemplateId;
import dev.boomerang.model.registration.Registration;
import dev.boomerang.model.registration.Segment;
import dev.boomerang.port.IllFormedTextException;
import dev.boomerang.port.Store;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Tests what all stores promise of texts: a well-formed text comes back as it was, an ill-formed
/// one is refused and changes nothing.
public abstract class TextContract extends StoreContract {
  private static final int MANY = 10_000;

  /// Gives the length of the longest name; some texts may be longer.
  private static final int MAX_NAME = 512;

  private static final Set<String> LONG =
      Set.of("title", "body", "extra", "schedule's note", "document", "upload");

  /// Uses a text in one place of one port.
  private interface Use {
    void of(Store store, String text);
  }

  /// Every place in which a caller's text can come to a store.
  private static Map<String, Use> uses() {
    Map<String, Use> uses = new HashMap<>();
    uses.put("user", (store, text) -> add(store, aRegistration().ofUser(text)));
    uses.put("alias", (store, text) -> add(store, aRegistration().alias(text)));
    uses.put("tag", (store, text) -> add(store, aRegistration().tagged(text)));
    uses.put("region", (store, text) -> add(store, aRegistration().in(text)));
    uses.put("device id", (store, text) -> add(store, aRegistration().device(text)));
    uses.put(
        "attribute", (store, text) -> add(store, aRegistration().attributes(Map.of("a", text))));
    uses.put(
        "attribute's name",
        (store, text) -> add(store, aRegistration().attributes(Map.of(text, "a"))));
    uses.put("title", (store, text) -> accept(store, Notification.of(text, "b")));
    uses.put("body", (store, text) -> accept(store, new Content.DataMessage(text, Map.of())));
    uses.put(
        "extra", (store, text) -> accept(store, new Content.DataMessage("b", Map.of("k", text))));
    uses.put(
        "extra's name",
        (store, text) -> accept(store, new Content.DataMessage("b", Map.of(text, "v"))));
    uses.put(
        "request key",
        (store, text) -> {
          store.tasks().accept(aPush().to(aRegistrationId()).requested("s", text).build());
          assertThat(store.tasks().findByRequestKey(SHOP, new RequestKey("s", text))).isPresent();
        });
    uses.put(
        "message id",
        (store, text) -> {
          store.tasks().accept(aPush().to("target", text, aRegistrationId()).build());
          assertThat(store.tasks().message(SHOP, text, "target")).isPresent();
        });
    uses.put("template", TextContract::template);
    uses.put(
        "schedule as given",
        (store, text) -> schedule(store, aSchedule().detailed(new DialectDetail(text))));
    uses.put("scheduled target", (store, text) -> schedule(store, aSchedule().pushing(to(text))));
    uses.put(
        "document",
        (store, text) -> {
          var document = new Document(SHOP, "d" + aTaskId(), text, 1);
          store.documents().replace(document);
          assertThat(store.documents().find(SHOP, document.name())).contains(document);
        });
    uses.put("upload", TextContract::upload);
    return uses;
  }

  private static void add(Store store, RegistrationBuilder builder) {
    Registration registration = builder.build();
    store.registrations().add(registration);
    assertThat(store.registrations().find(registration.id())).contains(registration);
  }

  private static void accept(Store store, Content content) {
    var push = aPush().saying(content, aRegistrationId()).build();
    store.tasks().accept(push);
    assertThat(store.tasks().messages(push.task().id())).isEqualTo(push.messages());
  }

  private static Push to(String name) {
    return new Push(
        SHOP,
        "p",
        new Audience.Targeted(
            Audience.TargetKind.ALIAS, List.of(Target.of(name)), Optional.empty()),
        Notification.of("t", "b"),
        Push.Options.of("test", Duration.ofHours(1)));
  }

  private static void schedule(Store store, ScheduleBuilder builder) {
    ScheduleBuilder plan = builder.once(NOW.plusSeconds(1));
    store.schedules().add(plan.schedule(), plan.occurrences(), MANY);
    assertThat(store.schedules().find(SHOP, plan.schedule().id())).contains(plan.schedule());
  }

  private static void template(Store store, String text) {
    var template =
        new Template(
            new TemplateId(aTaskId().value()),
            SHOP,
            text,
            text,
            "[]",
            Notification.of(text, text),
            NOW,
            NOW);
    store.templates().add(template, MANY);
    assertThat(store.templates().findByName(SHOP, text)).contains(template);
  }

  private static void upload(Store store, String text) {
    var upload =
        new Upload("u" + aTaskId(), SHOP, Upload.Kind.ALIASES, text, NOW, NOW.plusSeconds(60));
    store.uploads().put(upload, text, NOW, MANY);
    assertThat(store.uploads().find(SHOP, upload.id(), NOW)).contains(upload);
    assertThat(store.uploads().content(SHOP, upload.id(), NOW)).contains(text);
  }

  @Test
  void text_comesBackAsItWas_fromEverywhere() {
    uses()
        .forEach(
            (where, use) -> {
              for (String text : DifficultTexts.WELL_FORMED) {
                if (text.length() <= MAX_NAME || LONG.contains(where)) {
                  use.of(store(), text);
                }
              }
            });
  }

  @Test
  void whatIsNoText_isRefused_everywhere() {
    uses()
        .forEach(
            (where, use) -> {
              for (String text : DifficultTexts.ILL_FORMED) {
                assertThatThrownBy(() -> use.of(store(), text))
                    .as("%s: %s", where, text)
                    .isInstanceOf(IllFormedTextException.class);
              }
            });
    assertThat(store().tasks().highestId()).isZero();
    assertThat(store().uploads().list(SHOP, NOW)).isEmpty();
    assertThat(store().templates().count(SHOP)).isZero();
  }

  @Test
  void whatIsNoText_isNotLookedFor() {
    for (String text : DifficultTexts.ILL_FORMED) {
      List<Use> questions =
          List.of(
              (store, it) ->
                  store.registrations().findByTarget(SHOP, Audience.TargetKind.ALIAS, Set.of(it)),
              (store, it) -> store.segments().resolve(SHOP, new Segment.HasTag(it)),
              (store, it) -> store.tasks().findByRequestKey(SHOP, new RequestKey("s", it)),
              (store, it) -> store.uploads().find(SHOP, it, NOW),
              (store, it) -> store.documents().find(SHOP, it));
      for (Use question : questions) {
        assertThatThrownBy(() -> question.of(store(), text))
            .isInstanceOf(IllFormedTextException.class);
      }
    }
  }
}
