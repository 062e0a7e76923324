// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.engine.accept;

import dev.boomerang.engine.base.Limits;
import dev.boomerang.engine.base.TaskIds;
import dev.boomerang.model.app.AppId;
import dev.boomerang.model.push.Content;
import dev.boomerang.model.push.Template;
import dev.boomerang.model.push.TemplateId;
import dev.boomerang.port.TemplateStore;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Keeps templates. An app sees its own only.
public final class Templates {

  /// A draft is what a template is made of; see [Template].
  public record Draft(
      String name, String description, String variables, Content.Notification notification) {}

  public sealed interface CreateResult {
    record Created(Template template) implements CreateResult {}

    record NameTaken() implements CreateResult {}

    /// The app has `limit` templates, the most it may have.
    record TooMany(int limit) implements CreateResult {}
  }

  public record Page(List<Template> templates, int total) {
    public Page {
      templates = List.copyOf(templates);
    }
  }

  private final TemplateStore store;
  private final TaskIds ids;
  private final int most;
  private final int longest;
  private final Clock clock;

  public Templates(TemplateStore store, TaskIds ids, Limits limits, Clock clock) {
    this.store = store;
    this.ids = ids;
    this.most = limits.perApp().templates();
    this.longest = limits.maxPayloadBytes();
    this.clock = clock;
  }

  public CreateResult create(AppId app, Draft draft) {
    Instant now = clock.instant();
    var template =
        new Template(
            ids.nextTemplate(),
            app,
            draft.name(),
            draft.description(),
            draft.variables(),
            draft.notification(),
            now,
            now);
    return switch (store.add(template, most)) {
      case DONE -> new CreateResult.Created(template);
      case NAME_TAKEN -> new CreateResult.NameTaken();
      case TOO_MANY -> new CreateResult.TooMany(most);
    };
  }

  /// Returns how many characters a filled template may have: no push carries more.
  public int longest() {
    return longest;
  }

  public Optional<Template> find(AppId app, TemplateId id) {
    return store.find(app, id);
  }

  public Optional<Template> named(AppId app, String name) {
    return store.findByName(app, name);
  }

  /// Returns a page of the app's templates, the newest first.
  public Page page(AppId app, int skip, int limit) {
    return new Page(store.list(app, skip, limit), store.count(app));
  }

  /// Deletes a template. What was pushed or scheduled with it stays as it is. Returns false if
  /// there was none.
  public boolean delete(AppId app, TemplateId id) {
    return store.remove(app, id);
  }
}
