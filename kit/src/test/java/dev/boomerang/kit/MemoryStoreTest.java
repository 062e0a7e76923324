// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.kit;

import dev.boomerang.memory.MemoryStore;
import dev.boomerang.port.Store;
import org.junit.jupiter.api.Nested;

/// The in-memory store keeps every contract but durability.
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
  class Waiting extends WaitingContract {
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
  class EndsOfBroadcasts extends BroadcastEndContract {
    @Override
    protected Store open() {
      return new MemoryStore();
    }
  }

  @Nested
  class Paces extends PaceStoreContract {
    @Override
    protected Store open() {
      return new MemoryStore();
    }
  }

  @Nested
  class Tallies extends TallyStoreContract {
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
  class Callbacks extends CallbackStoreContract {
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
