// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.kit.memory;

import dev.boomerang.model.app.AppId;
import dev.boomerang.model.app.Upload;
import dev.boomerang.port.UploadStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

final class MemoryUploads implements UploadStore {
  private record Kept(Upload upload, String content) {}

  private final List<Kept> all = new ArrayList<>();

  @Override
  public synchronized boolean put(Upload upload, String content, Instant now, int most) {
    long others =
        live(upload.app(), now)
            .filter(it -> it.upload().kind() == upload.kind())
            .filter(it -> !it.upload().id().equals(upload.id()))
            .count();
    if (others >= most) {
      return false;
    }
    remove(upload.app(), upload.id());
    all.add(new Kept(upload, content));
    return true;
  }

  @Override
  public synchronized Optional<Upload> find(AppId app, String id, Instant now) {
    return one(app, id, now).map(Kept::upload);
  }

  @Override
  public synchronized Optional<String> content(AppId app, String id, Instant now) {
    return one(app, id, now).map(Kept::content);
  }

  private Optional<Kept> one(AppId app, String id, Instant now) {
    return live(app, now).filter(it -> it.upload().id().equals(id)).findFirst();
  }

  @Override
  public synchronized List<Upload> list(AppId app, Instant now) {
    return live(app, now)
        .map(Kept::upload)
        .sorted(Comparator.comparing(Upload::createdAt).thenComparing(Upload::id))
        .toList();
  }

  private Stream<Kept> live(AppId app, Instant now) {
    return all.stream()
        .filter(it -> it.upload().app().equals(app))
        .filter(it -> it.upload().expiresAt().isAfter(now));
  }

  @Override
  public synchronized boolean remove(AppId app, String id) {
    return all.removeIf(it -> it.upload().app().equals(app) && it.upload().id().equals(id));
  }

  @Override
  public synchronized int purge(Instant now, int count) {
    List<Kept> old =
        all.stream().filter(it -> !it.upload().expiresAt().isAfter(now)).limit(count).toList();
    all.removeAll(old);
    return old.size();
  }
}
