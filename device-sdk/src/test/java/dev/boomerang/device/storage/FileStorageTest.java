// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.device.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileStorageTest {
  @TempDir Path directory;

  @Test
  void records_areThereAgainInOrder() throws IOException {
    DeviceStorage storage = open();
    storage.append(List.of("one", "zwei \u4e09"));
    storage.append(List.of("three"));
    storage.close();

    assertThat(DeviceStorage.in(directory).open()).containsExactly("one", "zwei \u4e09", "three");
  }

  @Test
  void tornLine_isCutOffAndWritingGoesOn() throws IOException {
    DeviceStorage storage = open();
    storage.append(List.of("one", "two"));
    storage.close();
    byte[] whole = Files.readAllBytes(journal());
    for (int length = whole.length - 1; length > whole.length / 2; length--) {
      Files.write(journal(), java.util.Arrays.copyOf(whole, length));
      DeviceStorage again = DeviceStorage.in(directory);
      assertThat(again.open()).containsExactly("one");
      again.append(List.of("three"));
      again.close();

      DeviceStorage third = DeviceStorage.in(directory);
      assertThat(third.open()).containsExactly("one", "three");
      third.close();
    }
  }

  @Test
  void corruptLine_isLeftOut() throws IOException {
    DeviceStorage storage = open();
    storage.append(List.of("one"));
    storage.close();
    Files.writeString(journal(), "00000000 not this\n\n\0\0\0\n", StandardOpenOption.APPEND);
    storage = DeviceStorage.in(directory);
    storage.open();
    storage.append(List.of("two"));
    storage.close();

    assertThat(DeviceStorage.in(directory).open()).containsExactly("one", "two");
  }

  @Test
  void replaceAll_leavesOnlyTheNewOnes() throws IOException {
    DeviceStorage storage = open();
    storage.append(List.of("one", "two"));
    storage.replaceAll(List.of("three"));
    storage.append(List.of("four"));
    storage.close();

    assertThat(DeviceStorage.in(directory).open()).containsExactly("three", "four");
    assertThat(directory.resolve("device.journal.next")).doesNotExist();
  }

  @Test
  void replaceAll_cutShort_leavesTheOldOnes() throws IOException {
    DeviceStorage storage = open();
    storage.append(List.of("one"));
    storage.close();
    Files.writeString(directory.resolve("device.journal.next"), "half a li");

    assertThat(DeviceStorage.in(directory).open()).containsExactly("one");
  }

  @Test
  void secondClient_isKeptOut() throws IOException {
    DeviceStorage first = open();

    assertThatThrownBy(() -> DeviceStorage.in(directory).open())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("in use");
    first.close();
    DeviceStorage.in(directory).open();
  }

  private DeviceStorage open() throws IOException {
    DeviceStorage storage = DeviceStorage.in(directory);
    storage.open();
    return storage;
  }

  private Path journal() {
    return directory.resolve(FileStorage.JOURNAL);
  }
}
