// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.kit.contract;

import static dev.boomerang.kit.fixture.Fixtures.BANK;
import static dev.boomerang.kit.fixture.Fixtures.NOW;
import static dev.boomerang.kit.fixture.Fixtures.SHOP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.boomerang.kit.fixture.ConcurrentCalls;
import dev.boomerang.model.app.AppId;
import dev.boomerang.model.app.Upload;
import dev.boomerang.model.app.Upload.Kind;
import dev.boomerang.port.UploadStore;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

public abstract class UploadStoreContract extends StoreContract {
  private static final int MANY = 1_000;

  private UploadStore uploads() {
    return store().uploads();
  }

  private static Instant at(int seconds) {
    return NOW.plusSeconds(seconds);
  }

  private static Upload upload(AppId app, String id, Kind kind, int from, int to) {
    return new Upload(id, app, kind, "the " + id + ".txt", at(from), at(to));
  }

  private Upload put(Upload upload) {
    assertThat(uploads().put(upload, "content of " + upload.id(), upload.createdAt(), MANY))
        .isTrue();
    return upload;
  }

  @Test
  void upload_isKeptUntilItExpires() {
    Upload upload = upload(SHOP, "用户", Kind.ALIASES, 0, 10);
    String content = "ada\n北京\r\n😀".repeat(10_000);

    assertThat(uploads().put(upload, content, at(0), 1)).isTrue();

    assertThat(uploads().find(SHOP, "用户", at(9))).contains(upload);
    assertThat(uploads().content(SHOP, "用户", at(9))).contains(content);
    assertThat(uploads().find(SHOP, "用户", at(10))).isEmpty();
    assertThat(uploads().content(SHOP, "用户", at(10))).isEmpty();
    assertThat(uploads().list(SHOP, at(10))).isEmpty();
    assertThat(uploads().find(BANK, "用户", at(0))).isEmpty();
    assertThat(uploads().content(SHOP, "another", at(0))).isEmpty();
  }

  @Test
  void list_hasTheAppsOwn_theOldestFirst() {
    Upload late = put(upload(SHOP, "a", Kind.ALIASES, 2, 90));
    Upload early = put(upload(SHOP, "b", Kind.REGISTRATIONS, 1, 90));
    Upload image = put(upload(SHOP, "c", Kind.IMAGES, 2, 90));
    put(upload(BANK, "d", Kind.ALIASES, 0, 90));

    assertThat(uploads().list(SHOP, at(3))).containsExactly(early, late, image);
  }

  @Test
  void upload_ofTheSameId_takesItsPlace() {
    put(upload(SHOP, "a", Kind.ALIASES, 0, 90));
    put(upload(BANK, "a", Kind.ALIASES, 0, 90));
    Upload newer = upload(SHOP, "a", Kind.ALIASES, 5, 95);

    assertThat(uploads().put(newer, "new", at(5), 1)).isTrue();

    assertThat(uploads().list(SHOP, at(6))).containsExactly(newer);
    assertThat(uploads().content(SHOP, "a", at(6))).contains("new");
    assertThat(uploads().content(BANK, "a", at(6))).contains("content of a");
  }

  @Test
  void limit_countsThoseOfTheKindThatAreNotExpired() {
    put(upload(SHOP, "a", Kind.ALIASES, 0, 10));
    put(upload(SHOP, "b", Kind.ALIASES, 0, 90));
    Upload third = upload(SHOP, "c", Kind.ALIASES, 0, 90);

    assertThat(uploads().put(third, "", at(9), 2)).isFalse();
    assertThat(uploads().find(SHOP, "c", at(9))).isEmpty();
    assertThat(uploads().put(upload(SHOP, "d", Kind.IMAGES, 0, 90), "", at(9), 1)).isTrue();
    assertThat(uploads().put(upload(BANK, "c", Kind.ALIASES, 0, 90), "", at(9), 1)).isTrue();
    assertThat(uploads().put(third, "", at(10), 2)).isTrue();
  }

  @Test
  void fiftyRacersForTheLastPlaces_getNoMoreThanThereAre() {
    var added =
        ConcurrentCalls.among(
            50, i -> uploads().put(upload(SHOP, "u" + i, Kind.ALIASES, 0, 90), "", NOW, 7));

    assertThat(Collections.frequency(added, true)).isEqualTo(7);
    assertThat(uploads().list(SHOP, NOW)).hasSize(7);
  }

  @Test
  void upload_removed_isGone() {
    put(upload(SHOP, "a", Kind.ALIASES, 0, 90));
    put(upload(BANK, "a", Kind.ALIASES, 0, 90));

    assertThat(uploads().remove(SHOP, "a")).isTrue();
    assertThat(uploads().remove(SHOP, "a")).isFalse();

    assertThat(uploads().list(SHOP, NOW)).isEmpty();
    assertThat(uploads().list(BANK, NOW)).hasSize(1);
  }

  @Test
  void clear_takesWhatExpired_atMostSoMany() {
    for (String id : List.of("a", "b", "c")) {
      put(upload(SHOP, id, Kind.ALIASES, 0, 10));
    }
    put(upload(SHOP, "d", Kind.ALIASES, 0, 11));

    assertThat(uploads().purge(at(9), MANY)).isZero();
    assertThat(uploads().purge(at(10), 2)).isEqualTo(2);
    assertThat(uploads().purge(at(10), 2)).isEqualTo(1);
    assertThat(uploads().purge(at(10), 2)).isZero();
    assertThat(uploads().list(SHOP, at(0))).hasSize(1);
  }
}
