// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.kit;

import static dev.boomerang.kit.Given.BANK;
import static dev.boomerang.kit.Given.NOW;
import static dev.boomerang.kit.Given.SHOP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.boomerang.model.AppId;
import dev.boomerang.model.Content.Action;
import dev.boomerang.model.Content.Click;
import dev.boomerang.model.Content.Look;
import dev.boomerang.model.Content.Notification;
import dev.boomerang.model.Content.Style;
import dev.boomerang.model.Template;
import dev.boomerang.model.TemplateId;
import dev.boomerang.port.TemplateStore;
import dev.boomerang.port.TemplateStore.Added;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What every [TemplateStore] keeps to.
public abstract class TemplateStoreContract extends StoreContract {
  private static final int MANY = 100;

  private TemplateStore templates() {
    return store().templates();
  }

  private static Template template(AppId app, String name) {
    var look = new Look(Style.PICTURE, Map.of("default", "https://a/b"), Map.of());
    var click = Optional.of(new Click(Action.INTENT, "app://#page#"));
    var notification = new Notification("#a#", "\"#b#\" 你好", look, click, true, Map.of("k", "v"));
    return new Template(
        new TemplateId(Given.aTaskId().value()),
        app,
        name,
        "what it is for",
        "a,b,page",
        notification,
        NOW,
        NOW.plusMillis(1));
  }

  private Template added(AppId app, String name) {
    Template template = template(app, name);
    assertThat(templates().add(template, MANY)).isEqualTo(Added.DONE);
    return template;
  }

  @Test
  void template_isFoundByIdAndName_asItWas() {
    Template template = added(SHOP, "欢迎 welcome");

    assertThat(templates().find(SHOP, template.id())).contains(template);
    assertThat(templates().named(SHOP, "欢迎 welcome")).contains(template);
  }

  @Test
  void anotherApp_doesNotSeeIt_andMayUseTheName() {
    Template template = added(SHOP, "t");

    assertThat(templates().find(BANK, template.id())).isEmpty();
    assertThat(templates().named(BANK, "t")).isEmpty();
    assertThat(templates().remove(BANK, template.id())).isFalse();
    added(BANK, "t");
    assertThat(templates().count(SHOP)).isEqualTo(1);
  }

  @Test
  void name_isTakenOnce() {
    Template first = added(SHOP, "t");

    assertThat(templates().add(template(SHOP, "t"), MANY)).isEqualTo(Added.NAME_TAKEN);
    assertThat(templates().named(SHOP, "t")).contains(first);
  }

  @Test
  void removedOne_isGone_andItsNameFree() {
    Template first = added(SHOP, "t");

    assertThat(templates().remove(SHOP, first.id())).isTrue();
    assertThat(templates().remove(SHOP, first.id())).isFalse();
    assertThat(templates().named(SHOP, "t")).isEmpty();
    added(SHOP, "t");
  }

  @Test
  void list_hasTheNewestFirst_pageByPage() {
    List<Template> all = IntStream.range(0, 5).mapToObj(i -> added(SHOP, "t" + i)).toList();
    added(BANK, "other");

    assertThat(templates().list(SHOP, 0, MANY)).isEqualTo(all.reversed());
    assertThat(templates().list(SHOP, 1, 2)).containsExactly(all.get(3), all.get(2));
    assertThat(templates().list(SHOP, 5, 2)).isEmpty();
    assertThat(templates().count(SHOP)).isEqualTo(5);
  }

  @Test
  void racers_neverExceedTheLimit_andOneGetsAName() {
    List<Added> forNames =
        Race.among(50, i -> templates().add(template(SHOP, "t" + i), 10));
    assertThat(forNames).filteredOn(Added.DONE::equals).hasSize(10);
    assertThat(templates().count(SHOP)).isEqualTo(10);

    List<Added> forOne =
        Race.among(50, _ -> templates().add(template(BANK, "one"), MANY));
    assertThat(forOne).filteredOn(Added.DONE::equals).hasSize(1);
    assertThat(forOne).filteredOn(Added.NAME_TAKEN::equals).hasSize(49);
  }
}
