// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.engine;

import dev.boomerang.model.AppId;
import dev.boomerang.model.Member;
import dev.boomerang.model.Registration;
import dev.boomerang.model.RegistrationId;
import dev.boomerang.port.Attachment;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Who is connected to this node.
public final class Attachments {

  /// One of them, with what rules for everyone ask of it.
  record Live(RegistrationId registration, Member member, Attachment attachment) {}

  private final Map<RegistrationId, Live> live = new ConcurrentHashMap<>();

  Attachments() {}

  public int size() {
    return live.size();
  }

  /// Those of one app. Looks at all that are connected.
  public int size(AppId app) {
    return of(app).size();
  }

  public boolean has(RegistrationId registration) {
    return live.containsKey(registration);
  }

  Optional<Attachment> of(RegistrationId registration) {
    return Optional.ofNullable(live.get(registration)).map(Live::attachment);
  }

  Optional<Member> member(RegistrationId registration) {
    return Optional.ofNullable(live.get(registration)).map(Live::member);
  }

  /// Everyone of an app. Looks at all that are connected.
  List<Live> of(AppId app) {
    return live.values().stream().filter(one -> one.member().app().equals(app)).toList();
  }

  /// As [#of(AppId)], by their ids.
  List<RegistrationId> ids(AppId app) {
    return of(app).stream().map(Live::registration).toList();
  }

  /// The newest connection of a registration is the one; the one before it is told to end.
  void attach(Registration registration, Attachment attachment) {
    Live before =
        live.put(registration.id(), new Live(registration.id(), registration.member(), attachment));
    if (before != null && before.attachment() != attachment) {
      before.attachment().end(Attachment.End.TAKEN_OVER);
    }
  }

  /// The registration changed: rules now ask what it is from here on.
  void changed(Registration registration) {
    live.computeIfPresent(
        registration.id(),
        (id, before) -> new Live(id, registration.member(), before.attachment()));
  }

  /// Does nothing if another connection has taken over meanwhile.
  void detach(RegistrationId registration, Attachment attachment) {
    live.computeIfPresent(registration, (_, now) -> now.attachment() == attachment ? null : now);
  }
}
