// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.engine;

import dev.boomerang.model.AppId;
import dev.boomerang.model.Member;
import dev.boomerang.model.Registration;
import dev.boomerang.model.RegistrationId;
import dev.boomerang.port.Attachment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLongArray;

/// Who is connected to this node.
public final class Attachments {

  /// One of them, with what rules for everyone ask of it.
  record Live(RegistrationId registration, Member member, Attachment attachment) {}

  /// Registrations share these counters by hash: few enough to keep, many enough that a device
  /// which connects while another's secret is replaced seldom has to be asked again.
  private static final int EPOCHS = 4_096;

  private final Map<RegistrationId, Live> live = new ConcurrentHashMap<>();
  private final AtomicLongArray epochs = new AtomicLongArray(EPOCHS);

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

  /// Returns a number that is another one after each [#revoke] of this registration. Read it before
  /// the credentials are checked.
  long epoch(RegistrationId registration) {
    return epochs.get(stripe(registration));
  }

  private static int stripe(RegistrationId registration) {
    return Math.floorMod(registration.hashCode(), EPOCHS);
  }

  /// The newest connection of a registration is the one; the one before it is told to end. False,
  /// and nothing is done, if credentials may have been revoked since `epoch` was read: then they
  /// have to be checked again.
  boolean attach(Registration registration, Attachment attachment, long epoch) {
    var replaced = new ArrayList<Live>(1);
    var now = new Live(registration.id(), registration.member(), attachment);
    Live kept =
        live.compute(
            registration.id(),
            (id, known) -> {
              if (epoch(id) != epoch) {
                return known;
              }
              if (known != null) {
                replaced.add(known);
              }
              return now;
            });
    replaced.stream()
        .map(Live::attachment)
        .filter(known -> known != attachment)
        .forEach(known -> known.end(Attachment.End.TAKEN_OVER));
    return kept != null && kept.attachment() == attachment;
  }

  /// Ends the connection that the registration has, and keeps out one whose credentials were
  /// checked before this call. Call it once the store no longer takes them.
  void revoke(RegistrationId registration, Attachment.End why) {
    epochs.incrementAndGet(stripe(registration));
    // Not `get`: it would not wait for a connection that is just being attached.
    Live known = live.computeIfPresent(registration, (_, one) -> one);
    if (known != null) {
      known.attachment().end(why);
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
