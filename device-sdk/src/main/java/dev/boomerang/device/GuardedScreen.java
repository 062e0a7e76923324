// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.device;

/**
 * An app's screen, whose faults in what only informs it do no harm. Those in what shows are the
 * inbox's concern.
 */
final class GuardedScreen implements Screen {
  private final Screen screen;

  GuardedScreen(Screen screen) {
    this.screen = screen;
  }

  @Override
  public void show(Notice notice) {
    screen.show(notice);
  }

  @Override
  public void replace(String oldDeliveryId, Notice notice) {
    screen.replace(oldDeliveryId, notice);
  }

  @Override
  public Withdrawal withdraw(String deliveryId) {
    return screen.withdraw(deliveryId);
  }

  @Override
  public void data(DataMessage message) {
    screen.data(message);
  }

  @Override
  public boolean stillShows(String deliveryId) {
    return screen.stillShows(deliveryId);
  }

  @Override
  public void connection(ConnectionState state) {
    try {
      screen.connection(state);
    } catch (RuntimeException e) {
      trouble("the app failed to hear of " + state, e);
    }
  }

  @Override
  public void trouble(String what, Throwable cause) {
    try {
      screen.trouble(what, cause);
    } catch (RuntimeException e) {
      // Nobody is left to tell.
    }
  }
}
