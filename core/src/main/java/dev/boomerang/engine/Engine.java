// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.engine;

import dev.boomerang.port.EngineListener;
import dev.boomerang.port.Outbound;
import dev.boomerang.port.Reviewer;
import dev.boomerang.port.Store;
import dev.boomerang.port.StoreException;
import java.security.SecureRandom;
import java.time.Clock;

/// The engine, put together over a store: what dialects and the gateway may use. Closing it writes
/// down everything that was noted; the store stays open and belongs to its opener.
public final class Engine implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger(Engine.class.getName());

  /// `node` tells nodes of one store apart, 0 to 31. `housekeeping` says whether time runs by
  /// itself; a test that holds the clock calls [Housekeeping#pass], [Schedules#pass] and
  /// [Pacing#pass] instead.
  public record Config(
      Limits limits,
      Vault vault,
      int node,
      SecureRandom random,
      boolean housekeeping,
      Reviewer reviewer) {

    /// Without a reviewer.
    public Config(Limits limits, Vault vault, int node, SecureRandom random, boolean housekeeping) {
      this(limits, vault, node, random, housekeeping, Reviewer.NONE);
    }

    public Config reviewer(Reviewer by) {
      return new Config(limits, vault, node, random, housekeeping, by);
    }
  }

  private final Apps apps;
  private final Registrations registrations;
  private final Submissions submissions;
  private final Recalls recalls;
  private final Stops stops;
  private final Tasks tasks;
  private final Devices devices;
  private final Attachments attachments;
  private final Deliveries deliveries;
  private final Templates templates;
  private final Schedules schedules;
  private final Pacing pacing;
  private final Analysis analysis;
  private final Uploads uploads;
  private final Documents documents;
  private final Housekeeping housekeeping;
  private final Store store;
  private final EngineListener listener;
  private final Clock clock;

  private Engine(Store store, Config config, EngineListener listener, Clock clock) {
    this.store = store;
    this.listener = listener;
    this.clock = clock;
    var fence = new Fence();
    var ids = new TaskIds(clock, config.node(), store.tasks().highestId());
    attachments = new Attachments();
    deliveries = new Deliveries(store, listener);
    apps = new Apps(store.apps(), config.vault(), clock);
    tasks = new Tasks(store);
    var lastSeen = new LastSeen();
    registrations =
        new Registrations(store, deliveries, attachments, lastSeen, config.random(), clock);
    devices =
        new Devices(
            store, deliveries, attachments, fence, lastSeen, config.limits().mailbox(), clock);
    var dispatch = new Dispatch(attachments, deliveries, fence, clock);
    var fanout =
        new Fanout(store.registrations(), store.segments(), attachments, config.limits().maxRows());
    var rules = new PushRules(config.limits(), config.reviewer());
    var additions =
        new TargetAdditions(store, deliveries, rules, fanout, dispatch, listener, clock);
    submissions =
        new Submissions(
            store.tasks(), deliveries, ids, rules, additions, fanout, dispatch, listener, clock);
    recalls = new Recalls(store, deliveries, attachments, fence, ids, listener, clock);
    stops = new Stops(store, deliveries, attachments, dispatch, listener, clock);
    templates = new Templates(store.templates(), ids, config.limits(), clock);
    schedules =
        new Schedules(
            store.schedules(),
            store.tasks(),
            submissions,
            recalls,
            config.limits(),
            config.random(),
            clock);
    pacing =
        new Pacing(store.paces(), deliveries, store.segments(), attachments, config.node(), clock);
    uploads = new Uploads(store.uploads(), clock);
    documents = new Documents(store.documents());
    analysis = new Analysis(store.tallies(), tasks);
    housekeeping = new Housekeeping(store, deliveries, devices, fence, config.limits(), clock);
  }

  /// Opens the engine: finishes recalls that a stop interrupted, then is ready for pushes and
  /// devices.
  public static Engine open(Store store, Config config, EngineListener listener, Clock clock) {
    var engine = new Engine(store, config, listener, clock);
    engine.recalls.resume();
    if (config.housekeeping()) {
      engine.housekeeping.start();
      engine.schedules.start();
      engine.pacing.start();
    }
    return engine;
  }

  public Apps apps() {
    return apps;
  }

  public Registrations registrations() {
    return registrations;
  }

  public Submissions submissions() {
    return submissions;
  }

  public Recalls recalls() {
    return recalls;
  }

  public Stops stops() {
    return stops;
  }

  public Tasks tasks() {
    return tasks;
  }

  /// For the gateway.
  public Devices devices() {
    return devices;
  }

  public Attachments attachments() {
    return attachments;
  }

  public Templates templates() {
    return templates;
  }

  public Schedules schedules() {
    return schedules;
  }

  public Pacing pacing() {
    return pacing;
  }

  public Uploads uploads() {
    return uploads;
  }

  public Documents documents() {
    return documents;
  }

  public Analysis analysis() {
    return analysis;
  }

  public Housekeeping housekeeping() {
    return housekeeping;
  }

  /// Begins to say what is noted for callbacks; closed by its opener, before the engine.
  public Callbacks callbacks(Callbacks.Config config, Outbound outbound, CallbackWording wording) {
    var callbacks =
        new Callbacks(store.callbacks(), apps, config, outbound, wording, listener, clock);
    if (config.running()) {
      callbacks.start();
    }
    return callbacks;
  }

  /// Waits until everything noted so far is durable.
  public void settle() {
    deliveries.settle();
  }

  @Override
  public void close() {
    schedules.close();
    pacing.close();
    housekeeping.close();
    deliveries.close();
    try {
      devices.flushSeen();
    } catch (StoreException e) {
      LOG.log(System.Logger.Level.WARNING, "last-seen times lost at stop: " + e.getMessage());
    }
  }
}
