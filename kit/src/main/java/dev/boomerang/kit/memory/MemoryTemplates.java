// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.kit.memory;

import dev.boomerang.model.app.AppId;
import dev.boomerang.model.push.Template;
import dev.boomerang.model.push.TemplateId;
import dev.boomerang.port.TemplateStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

final class MemoryTemplates implements TemplateStore {
  private final List<Template> all = new ArrayList<>();

  @Override
  public synchronized AddResult add(Template template, int most) {
    if (findByName(template.app(), template.name()).isPresent()) {
      return AddResult.NAME_TAKEN;
    }
    if (count(template.app()) >= most) {
      return AddResult.TOO_MANY;
    }
    all.add(template);
    return AddResult.DONE;
  }

  @Override
  public synchronized Optional<Template> find(AppId app, TemplateId id) {
    return of(app).stream().filter(template -> template.id().equals(id)).findFirst();
  }

  @Override
  public synchronized Optional<Template> findByName(AppId app, String name) {
    return of(app).stream().filter(template -> template.name().equals(name)).findFirst();
  }

  @Override
  public synchronized List<Template> list(AppId app, int skip, int limit) {
    return of(app).reversed().stream().skip(skip).limit(limit).toList();
  }

  @Override
  public synchronized int count(AppId app) {
    return of(app).size();
  }

  @Override
  public synchronized boolean remove(AppId app, TemplateId id) {
    return all.removeIf(template -> template.app().equals(app) && template.id().equals(id));
  }

  private List<Template> of(AppId app) {
    return all.stream().filter(template -> template.app().equals(app)).toList();
  }
}
