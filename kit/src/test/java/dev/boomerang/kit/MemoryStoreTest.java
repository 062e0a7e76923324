// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.kit;

import dev.boomerang.kit.contract.AppStoreContract;
import dev.boomerang.kit.contract.BroadcastClosingContract;
import dev.boomerang.kit.contract.BroadcastStoreContract;
import dev.boomerang.kit.contract.DocumentStoreContract;
import dev.boomerang.kit.contract.OpenTaskContract;
import dev.boomerang.kit.contract.OverrideContract;
import dev.boomerang.kit.contract.PacedRunStoreContract;
import dev.boomerang.kit.contract.RecallStoreContract;
import dev.boomerang.kit.contract.RegistrationStoreContract;
import dev.boomerang.kit.contract.ScheduleStoreContract;
import dev.boomerang.kit.contract.SegmentStoreContract;
import dev.boomerang.kit.contract.StopContract;
import dev.boomerang.kit.contract.TaskStoreContract;
import dev.boomerang.kit.contract.TemplateStoreContract;
import dev.boomerang.kit.contract.TextContract;
import dev.boomerang.kit.contract.TransitionCountsContract;
import dev.boomerang.kit.contract.UploadStoreContract;
import dev.boomerang.kit.contract.WebhookOutboxContract;
import dev.boomerang.kit.contract.delivery.DeferralContract;
import dev.boomerang.kit.contract.delivery.DeliveryStoreContract;
import dev.boomerang.kit.contract.delivery.MailboxContract;
import dev.boomerang.kit.contract.delivery.StatisticsStoreContract;
import dev.boomerang.kit.memory.MemoryStore;
import dev.boomerang.port.Store;
import org.junit.jupiter.api.Nested;

/// Runs every contract but durability over the in-memory store.
class MemoryStoreTest {

  @Nested
  class Apps extends AppStoreContract {
    @Override
    protected Store open() {
      return new MemoryStore();
    }
  }

  @Nested
  class Registrations extends RegistrationStoreContract {
    @Override
    protected Store open() {
      return new MemoryStore();
    }
  }

  @Nested
  class Tasks extends TaskStoreContract {
    @Override
    protected Store open() {
      return new MemoryStore();
    }
  }

  @Nested
  class Deliveries extends DeliveryStoreContract {
    @Override
    protected Store open() {
      return new MemoryStore();
    }
  }

  @Nested
  class Mailboxes extends MailboxContract {
    @Override
    protected Store open() {
      return new MemoryStore();
    }
  }

  @Nested
  class Deferrals extends DeferralContract {
    @Override
    protected Store open() {
      return new MemoryStore();
    }
  }

  @Nested
  class Recalls extends RecallStoreContract {
    @Override
    protected Store open() {
      return new MemoryStore();
    }
  }

  @Nested
  class Broadcasts extends BroadcastStoreContract {
    @Override
    protected Store open() {
      return new MemoryStore();
    }
  }

  @Nested
  class BroadcastClosing extends BroadcastClosingContract {
    @Override
    protected Store open() {
      return new MemoryStore();
    }
  }

  @Nested
  class PacedRuns extends PacedRunStoreContract {
    @Override
    protected Store open() {
      return new MemoryStore();
    }
  }

  @Nested
  class Statistics extends StatisticsStoreContract {
    @Override
    protected Store open() {
      return new MemoryStore();
    }
  }

  @Nested
  class Templates extends TemplateStoreContract {
    @Override
    protected Store open() {
      return new MemoryStore();
    }
  }

  @Nested
  class Schedules extends ScheduleStoreContract {
    @Override
    protected Store open() {
      return new MemoryStore();
    }
  }

  @Nested
  class Segments extends SegmentStoreContract {
    @Override
    protected Store open() {
      return new MemoryStore();
    }
  }

  @Nested
  class Stops extends StopContract {
    @Override
    protected Store open() {
      return new MemoryStore();
    }
  }

  @Nested
  class Overrides extends OverrideContract {
    @Override
    protected Store open() {
      return new MemoryStore();
    }
  }

  @Nested
  class Webhooks extends WebhookOutboxContract {
    @Override
    protected Store open() {
      return new MemoryStore();
    }
  }

  @Nested
  class OpenTasks extends OpenTaskContract {
    @Override
    protected Store open() {
      return new MemoryStore();
    }
  }

  @Nested
  class Documents extends DocumentStoreContract {
    @Override
    protected Store open() {
      return new MemoryStore();
    }
  }

  @Nested
  class Texts extends TextContract {
    @Override
    protected Store open() {
      return new MemoryStore();
    }
  }

  @Nested
  class CountsOfTransitions extends TransitionCountsContract {
    @Override
    protected Store open() {
      return new MemoryStore();
    }
  }

  @Nested
  class Uploads extends UploadStoreContract {
    @Override
    protected Store open() {
      return new MemoryStore();
    }
  }
}
