// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.engine;

import dev.boomerang.engine.accept.Fanout;
import dev.boomerang.engine.accept.PushRules;
import dev.boomerang.engine.accept.Submissions;
import dev.boomerang.engine.accept.TargetAdditions;
import dev.boomerang.engine.accept.Templates;
import dev.boomerang.engine.base.Apps;
import dev.boomerang.engine.base.Documents;
import dev.boomerang.engine.base.Limits;
import dev.boomerang.engine.base.TaskIds;
import dev.boomerang.engine.base.Uploads;
import dev.boomerang.engine.base.Vault;
import dev.boomerang.engine.deliver.Connections;
import dev.boomerang.engine.deliver.DeferredDeliveries;
import dev.boomerang.engine.deliver.Deliveries;
import dev.boomerang.engine.deliver.Devices;
import dev.boomerang.engine.deliver.Dispatch;
import dev.boomerang.engine.deliver.Fence;
import dev.boomerang.engine.deliver.LastSeen;
import dev.boomerang.engine.deliver.PacedSending;
import dev.boomerang.engine.recall.Recalls;
import dev.boomerang.engine.recall.Stops;
import dev.boomerang.engine.registration.Registrations;
import dev.boomerang.engine.report.Statistics;
import dev.boomerang.engine.report.Tasks;
import dev.boomerang.engine.schedule.Schedules;
import dev.boomerang.engine.webhook.WebhookDispatcher;
import dev.boomerang.engine.webhook.WebhookFormat;
import dev.boomerang.port.ContentReviewer;
import dev.boomerang.port.EngineListener;
import dev.boomerang.port.Store;
import dev.boomerang.port.StoreException;
import dev.boomerang.port.WebhookClient;
import java.security.SecureRandom;
import java.time.Clock;

/// Puts the engine together over a store: what dialects and the gateway may use. Closing it writes
/// everything that is enqueued; the store stays open and belongs to its opener.
public final class Engine implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger(Engine.class.getName());

  /// Configures the engine. `node` tells nodes of one store apart, 0 to 31. `housekeeping` says
  /// whether time runs by itself; a test that holds the clock calls [Housekeeping#runOnce],
  /// [Schedules#runOnce] and [PacedSending#runOnce] instead.
  public record Config(
      Limits limits,
      Vault vault,
      int node,
      SecureRandom random,
      boolean housekeeping,
      ContentReviewer contentReviewer) {

    /// Without a reviewer.
    public Config(Limits limits, Vault vault, int node, SecureRandom random, boolean housekeeping) {
      this(limits, vault, node, random, housekeeping, ContentReviewer.NONE);
    }

    public Config reviewer(ContentReviewer by) {
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
  private final Connections connections;
  private final Deliveries deliveries;
  private final Templates templates;
  private final Schedules schedules;
  private final PacedSending pacedSending;
  private final Statistics statistics;
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
    connections = new Connections();
    deliveries = new Deliveries(store, listener, fence);
    apps = new Apps(store.apps(), config.vault(), clock);
    tasks = new Tasks(store);
    var lastSeen = new LastSeen();
    registrations =
        new Registrations(store, deliveries, connections, lastSeen, config.random(), clock);
    devices =
        new Devices(
            store, deliveries, connections, fence, lastSeen, config.limits().mailbox(), clock);
    var dispatch = new Dispatch(connections, deliveries, fence, clock);
    var fanout =
        new Fanout(store.registrations(), store.segments(), connections, config.limits().maxRows());
    var rules = new PushRules(config.limits(), config.contentReviewer());
    var additions =
        new TargetAdditions(store, deliveries, rules, fanout, dispatch, listener, clock);
    submissions =
        new Submissions(
            store.tasks(), deliveries, ids, rules, additions, fanout, dispatch, listener, clock);
    recalls = new Recalls(store, deliveries, connections, fence, ids, listener, clock);
    stops = new Stops(store, deliveries, connections, dispatch, listener, clock);
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
    pacedSending =
        new PacedSending(
            store.pacedRuns(), deliveries, store.segments(), connections, config.node(), clock);
    uploads = new Uploads(store.uploads(), clock);
    documents = new Documents(store.documents());
    statistics = new Statistics(store.statistics(), tasks);
    var deferredDeliveries = new DeferredDeliveries(store.deliveries(), deliveries, connections);
    housekeeping =
        new Housekeeping(
            store, deliveries, deferredDeliveries, devices, fence, config.limits(), clock);
  }

  /// Opens the engine: finishes recalls that a stop interrupted, then is ready for pushes and
  /// devices.
  public static Engine open(Store store, Config config, EngineListener listener, Clock clock) {
    var engine = new Engine(store, config, listener, clock);
    engine.recalls.resume();
    if (config.housekeeping()) {
      engine.housekeeping.start();
      engine.schedules.start();
      engine.pacedSending.start();
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

  /// Returns what the gateway calls about devices.
  public Devices devices() {
    return devices;
  }

  public Connections connections() {
    return connections;
  }

  public Templates templates() {
    return templates;
  }

  public Schedules schedules() {
    return schedules;
  }

  public PacedSending pacedSending() {
    return pacedSending;
  }

  public Uploads uploads() {
    return uploads;
  }

  public Documents documents() {
    return documents;
  }

  public Statistics statistics() {
    return statistics;
  }

  public Housekeeping housekeeping() {
    return housekeeping;
  }

  /// Begins to deliver webhook events; closed by its opener, before the engine.
  public WebhookDispatcher startWebhooks(
      WebhookDispatcher.Config config, WebhookClient webhookClient, WebhookFormat webhookFormat) {
    var webhookDispatcher =
        new WebhookDispatcher(
            store.webhooks(), apps, config, webhookClient, webhookFormat, listener, clock);
    if (config.running()) {
      webhookDispatcher.start();
    }
    return webhookDispatcher;
  }

  /// Waits until everything enqueued so far is durable.
  public void awaitIdle() {
    deliveries.awaitIdle();
  }

  @Override
  public void close() {
    schedules.close();
    pacedSending.close();
    housekeeping.close();
    deliveries.close();
    try {
      devices.flushLastSeen();
    } catch (StoreException e) {
      LOG.log(System.Logger.Level.WARNING, "last-seen times lost at stop: " + e.getMessage());
    }
  }
}
