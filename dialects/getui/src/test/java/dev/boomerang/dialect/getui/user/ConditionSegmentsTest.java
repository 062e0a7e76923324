// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.dialect.getui.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.boomerang.dialect.getui.GetuiFixture;
import dev.boomerang.dialect.getui.limit.ErrorKind;
import dev.boomerang.dialect.getui.limit.GetuiException;
import dev.boomerang.dialect.getui.user.AudienceCondition.Op;
import dev.boomerang.dialect.getui.v2.GetuiRestV2;
import dev.boomerang.model.registration.Platform;
import dev.boomerang.model.registration.Registration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConditionSegmentsTest {
  private final GetuiFixture fixture = new GetuiFixture(GetuiRestV2::new);
  private final Registration ada =
      fixture.phone(Platform.ANDROID, Optional.empty(), Optional.of("33010000"), "a", "b");

  @AfterEach
  void close() {
    fixture.close();
  }

  private boolean covers(AudienceCondition... conditions) {
    return ConditionSegments.segment(List.of(conditions)).covers(ada);
  }

  private static AudienceCondition condition(String key, Op op, String... values) {
    return new AudienceCondition(key, List.of(values), op);
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
  void unknownConditions_areRefused() {
    for (AudienceCondition unknown :
        new AudienceCondition[] {
          condition("age", Op.OR, "1"), condition("phonetype", Op.OR, "SYMBIAN")
        }) {
      assertThatThrownBy(() -> covers(unknown))
          .isInstanceOfSatisfying(
              GetuiException.class,
              fault -> assertThat(fault.kind()).isEqualTo(ErrorKind.Simple.TAG_UNKNOWN));
    }
  }
}
