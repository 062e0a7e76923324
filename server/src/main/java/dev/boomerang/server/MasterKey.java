// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.server;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.boomerang.engine.base.Vault;
import dev.boomerang.model.app.Secret;
import dev.boomerang.server.config.StoreSettings.MasterKeySettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;

/// The key under which the apps' secrets are sealed.
final class MasterKey {
  private MasterKey() {}

  /// The configured key, else the file's. Made and written down if there is neither and `mayMake`;
  /// a store that has keys already could not be read with a new one.
  static byte[] open(MasterKeySettings settings, boolean mayMake, SecureRandom random)
      throws StartupException {
    Optional<Secret> given = settings.key();
    if (given.isPresent()) {
      return decoded(given.get().reveal(), "master-key");
    }
    Path file = settings.file();
    try {
      if (Files.exists(file)) {
        return decoded(Files.readString(file, US_ASCII), "master-key-file " + file);
      }
      if (!mayMake) {
        throw new StartupException(
            "the store has apps, but their master key is missing: put it back at "
                + file
                + ", or give it as BOOMERANG_MASTER_KEY");
      }
      byte[] key = new byte[Vault.MASTER_KEY_BYTES];
      random.nextBytes(key);
      PrivateFile.write(file, Base64.getEncoder().encodeToString(key) + "\n");
      return key;
    } catch (IOException e) {
      throw new StartupException(
          "cannot read or write the master key at " + file + ": " + e.getMessage());
    }
  }

  private static byte[] decoded(String text, String source) throws StartupException {
    try {
      byte[] key = Base64.getDecoder().decode(text.strip());
      if (key.length == Vault.MASTER_KEY_BYTES) {
        return key;
      }
    } catch (IllegalArgumentException _) {
      // Told below.
    }
    throw new StartupException(source + ": must be " + Vault.MASTER_KEY_BYTES + " bytes in Base64");
  }
}
