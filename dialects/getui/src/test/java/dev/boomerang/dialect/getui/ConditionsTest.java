// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.boomerang.dialect.getui.Condition.Op;
import dev.boomerang.dialect.getui.limit.GetuiFault;
import dev.boomerang.dialect.getui.limit.Trouble;
import dev.boomerang.dialect.getui.v2.RestV2;
import dev.boomerang.model.registration.Platform;
import dev.boomerang.model.registration.Registration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConditionsTest {
  private final World world = new World(RestV2::new);
  private final Registration ada =
      world.phone(Platform.ANDROID, Optional.empty(), Optional.of("33010000"), "a", "b");

  @AfterEach
  void close() {
    world.close();
  }

  private boolean covers(Condition... conditions) {
    return Conditions.segment(List.of(conditions)).covers(ada);
  }

  private static Condition condition(String key, Op op, String... values) {
    return new Condition(key, List.of(values), op);
  }

  @Test
  void values_areJoinedByTheOperator() {
    assertThat(covers(condition("tag", Op.OR, "a", "x"))).isTrue();
    assertThat(covers(condition("tag", Op.AND, "a", "b"))).isTrue();
    assertThat(covers(condition("tag", Op.AND, "a", "x"))).isFalse();
    assertThat(covers(condition("custom_tag", Op.NOT, "a", "x"))).isFalse();
    assertThat(covers(condition("custom_tag", Op.NOT, "x", "y"))).isTrue();
  }

  @Test
  void conditions_areAllAskedFor() {
    assertThat(covers()).isTrue();
    assertThat(covers(condition("tag", Op.OR, "a"), condition("tag", Op.OR, "x"))).isFalse();
    assertThat(covers(condition("phoneType", Op.OR, "ANDROID"), condition("tag", Op.OR, "b")))
        .isTrue();
  }

  @Test
  void province_coversItsCities_andACityItself() {
    assertThat(covers(condition("region", Op.OR, "33000000"))).isTrue();
    assertThat(covers(condition("region", Op.OR, "33010000"))).isTrue();
    assertThat(covers(condition("region", Op.OR, "33020000"))).isFalse();
    assertThat(covers(condition("region", Op.OR, "32000000", "Hangzhou"))).isFalse();
  }

  @Test
  void whatNobodyKnows_isRefused() {
    for (Condition unknown :
        new Condition[] {condition("age", Op.OR, "1"), condition("phonetype", Op.OR, "SYMBIAN")}) {
      assertThatThrownBy(() -> covers(unknown))
          .isInstanceOfSatisfying(
              GetuiFault.class,
              fault -> assertThat(fault.trouble()).isEqualTo(Trouble.Plain.TAG_UNKNOWN));
    }
  }
}
