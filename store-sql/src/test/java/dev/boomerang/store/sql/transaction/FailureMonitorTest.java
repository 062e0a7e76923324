// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.store.sql.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boomerang.port.StoreFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FailureMonitorTest {
  private static final Logger LOGGER = Logger.getLogger(FailureMonitor.class.getName());

  private final List<String> lines = new ArrayList<>();
  private final Handler handler =
      new Handler() {
        @Override
        public void publish(LogRecord line) {
          assertThat(line.getThrown()).isNull();
          lines.add(line.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };
  private final FailureMonitor monitor = new FailureMonitor("writes");

  @BeforeEach
  void listen() {
    LOGGER.addHandler(handler);
  }

  @AfterEach
  void leave() {
    LOGGER.removeHandler(handler);
  }

  @Test
  void outage_hasOneLineWhenItBegins_andOneWhenItIsOver() {
    for (int i = 0; i < 100; i++) {
      monitor.failed(StoreFailure.FULL, 3, "no room\nat all");
    }
    assertThat(lines)
        .containsExactly("event=store-writes-fail cause=full detail=disk full: no room");

    monitor.succeeded(3);
    monitor.succeeded(3);

    assertThat(lines)
        .hasSize(2)
        .last()
        .isEqualTo("event=store-writes-succeed-again cause=full failed=100");
    assertThat(monitor.outage()).isEmpty();
  }

  @Test
  void fullDisk_isNotOver_becauseLessThanWhatFailedFits() {
    monitor.failed(StoreFailure.FULL, 50, "");
    monitor.failed(StoreFailure.FULL, 3, "");
    monitor.succeeded(2);
    assertThat(monitor.outage()).contains(StoreFailure.FULL);

    monitor.succeeded(3);

    assertThat(monitor.outage()).isEmpty();
  }

  @Test
  void anyAnswer_showsThatTheServerIsBack() {
    monitor.failed(StoreFailure.CONNECTION, 50, "");
    monitor.succeeded(1);

    assertThat(monitor.outage()).isEmpty();
  }

  @Test
  void otherCause_isAnotherLine() {
    monitor.failed(StoreFailure.CONNECTION, 1, "");
    monitor.failed(StoreFailure.READ_ONLY, 1, "");

    assertThat(lines).hasSize(2);
    assertThat(monitor.outage()).contains(StoreFailure.READ_ONLY);
  }

  @Test
  void faultOfOurs_isNoOutage() {
    monitor.failed(StoreFailure.OTHER, 1, "syntax");

    assertThat(lines).isEmpty();
    assertThat(monitor.outage()).isEmpty();
  }
}
