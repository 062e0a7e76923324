// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.kit.contract;

import static dev.boomerang.kit.fixture.Fixtures.BANK;
import static dev.boomerang.kit.fixture.Fixtures.NOW;
import static dev.boomerang.kit.fixture.Fixtures.SHOP;
import static dev.boomerang.kit.fixture.Fixtures.aTaskId;
import static org.assertj.core.api.Assertions.assertThat;

import dev.boomerang.kit.fixture.ConcurrentCalls;
import dev.boomerang.model.app.AppId;
import dev.boomerang.model.push.Content.Action;
import dev.boomerang.model.push.Content.Appearance;
import dev.boomerang.model.push.Content.Click;
import dev.boomerang.model.push.Content.Notification;
import dev.boomerang.model.push.Content.Style;
import dev.boomerang.model.push.Template;
import dev.boomerang.model.push.TemplateId;
import dev.boomerang.port.TemplateStore;
import dev.boomerang.port.TemplateStore.AddResult;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

public abstract class TemplateStoreContract extends StoreContract {
  private static final int MANY = 100;

  private TemplateStore templates() {
    return store().templates();
  }

  public static Template aTemplate(AppId app, String name) {
    return new Template(
        new TemplateId(aTaskId().value()),
        app,
        name,
        "",
        "",
        Notification.of("Hello #name#", ""),
        NOW,
        NOW);
  }

  private Template add(AppId app, String name) {
    Template template = aTemplate(app, name);
    assertThat(templates().add(template, MANY)).isEqualTo(AddResult.DONE);
    return template;
  }

  @Test
  void template_added_isFoundWithAllItsData() {
    var notification =
        new Notification(
            "#标题#",
            "of \"#x#\"",
            new Appearance(Style.PICTURE, Map.of("default", "https://a/b.png"), Map.of("hms", "i")),
            Optional.of(new Click(Action.URL, "https://shop/#id#")),
            true,
            Map.of("k", "v"));
    var template =
        new Template(
            new TemplateId(aTaskId().value()),
            SHOP,
            "欢迎 ",
            "says hello",
            "[\"x\"]",
            notification,
            NOW,
            NOW.plusMillis(1));

    assertThat(templates().add(template, MANY)).isEqualTo(AddResult.DONE);

    assertThat(templates().find(SHOP, template.id())).contains(template);
    assertThat(templates().findByName(SHOP, "欢迎 ")).contains(template);
  }

  @Test
  void template_neverAdded_isNotFound() {
    assertThat(templates().find(SHOP, new TemplateId(7))).isEmpty();
    assertThat(templates().findByName(SHOP, "welcome")).isEmpty();
    assertThat(templates().list(SHOP, 0, MANY)).isEmpty();
    assertThat(templates().count(SHOP)).isZero();
    assertThat(templates().remove(SHOP, new TemplateId(7))).isFalse();
  }

  @Test
  void template_withATakenName_changesNothing() {
    Template first = add(SHOP, "welcome");

    assertThat(templates().add(aTemplate(SHOP, "welcome"), MANY)).isEqualTo(AddResult.NAME_TAKEN);

    assertThat(templates().list(SHOP, 0, MANY)).containsExactly(first);
    add(SHOP, "Welcome");
  }

  @Test
  void templates_ofAnotherApp_areNeitherSeenNorTouched() {
    Template shop = add(SHOP, "welcome");
    Template bank = add(BANK, "welcome");

    assertThat(templates().find(BANK, shop.id())).isEmpty();
    assertThat(templates().findByName(BANK, "welcome")).contains(bank);
    assertThat(templates().list(BANK, 0, MANY)).containsExactly(bank);
    assertThat(templates().count(BANK)).isEqualTo(1);
    assertThat(templates().remove(BANK, shop.id())).isFalse();
    assertThat(templates().find(SHOP, shop.id())).contains(shop);
    assertThat(templates().add(aTemplate(BANK, "more"), 1)).isEqualTo(AddResult.TOO_MANY);
    assertThat(templates().add(aTemplate(BANK, "more"), 2)).isEqualTo(AddResult.DONE);
  }

  @Test
  void templates_arePagedTheNewestFirst() {
    var added = IntStream.range(0, 5).mapToObj(i -> add(SHOP, "t" + i)).toList().reversed();

    assertThat(templates().list(SHOP, 0, 2)).isEqualTo(added.subList(0, 2));
    assertThat(templates().list(SHOP, 2, 2)).isEqualTo(added.subList(2, 4));
    assertThat(templates().list(SHOP, 4, 2)).isEqualTo(added.subList(4, 5));
    assertThat(templates().list(SHOP, 5, 2)).isEmpty();
    assertThat(templates().count(SHOP)).isEqualTo(5);
  }

  @Test
  void template_removed_isGoneAndLeavesItsNameAndRoom() {
    Template first = add(SHOP, "welcome");
    assertThat(templates().add(aTemplate(SHOP, "more"), 1)).isEqualTo(AddResult.TOO_MANY);

    assertThat(templates().remove(SHOP, first.id())).isTrue();
    assertThat(templates().remove(SHOP, first.id())).isFalse();

    assertThat(templates().find(SHOP, first.id())).isEmpty();
    assertThat(templates().findByName(SHOP, "welcome")).isEmpty();
    Template second = aTemplate(SHOP, "welcome");
    assertThat(templates().add(second, 1)).isEqualTo(AddResult.DONE);
    assertThat(templates().findByName(SHOP, "welcome")).contains(second);
  }

  @Test
  void fiftyRacersForOneName_haveOneWinner() {
    var racers = IntStream.range(0, 50).mapToObj(_ -> aTemplate(SHOP, "welcome")).toList();

    var answers = ConcurrentCalls.among(50, i -> templates().add(racers.get(i), MANY));

    assertThat(Collections.frequency(answers, AddResult.DONE)).isEqualTo(1);
    assertThat(Collections.frequency(answers, AddResult.NAME_TAKEN)).isEqualTo(49);
    assertThat(templates().findByName(SHOP, "welcome"))
        .contains(racers.get(answers.indexOf(AddResult.DONE)));
  }

  @Test
  void fiftyRacersForTheLastPlaces_getNoMoreThanThereAre() {
    var answers =
        ConcurrentCalls.among(
            50, i -> templates().add(aTemplate(i % 2 == 0 ? SHOP : BANK, "template " + i), 7));

    assertThat(Collections.frequency(answers, AddResult.DONE)).isEqualTo(14);
    assertThat(Collections.frequency(answers, AddResult.TOO_MANY)).isEqualTo(36);
    assertThat(templates().count(SHOP)).isEqualTo(7);
    assertThat(templates().count(BANK)).isEqualTo(7);
  }
}
