// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.server;

import dev.boomerang.server.cli.DeviceCommand;
import dev.boomerang.server.cli.KeysCommand;
import dev.boomerang.server.cli.PushCommand;
import dev.boomerang.server.cli.RecallCommand;
import dev.boomerang.server.cli.SettingsCommand;
import dev.boomerang.server.cli.StopCommand;
import dev.boomerang.server.cli.TailCommand;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/// The command line: `boomerang [serve] [options]`, and the clients.
final class CommandLineRunner {
  private static final List<String> COMMANDS_FIRST =
      List.of(
          UsageMessageSpec.SECTION_KEY_SYNOPSIS_HEADING,
          UsageMessageSpec.SECTION_KEY_SYNOPSIS,
          UsageMessageSpec.SECTION_KEY_DESCRIPTION,
          UsageMessageSpec.SECTION_KEY_COMMAND_LIST_HEADING,
          UsageMessageSpec.SECTION_KEY_COMMAND_LIST,
          UsageMessageSpec.SECTION_KEY_OPTION_LIST_HEADING,
          UsageMessageSpec.SECTION_KEY_OPTION_LIST,
          UsageMessageSpec.SECTION_KEY_FOOTER_HEADING,
          UsageMessageSpec.SECTION_KEY_FOOTER);

  private CommandLineRunner() {}

  /// Runs what the arguments say; returns the process's exit code: 0 for well, 1 for a failure, 2
  /// for wrong arguments.
  static int run(String[] args, Clock clock) {
    CommandSpec root =
        ServeCommand.spec("boomerang", clock)
            .version("boomerang " + version().orElse("(not packaged)"));
    root.usageMessage()
        .description(
            "A self-hosted push server. Without a command it serves, as 'boomerang serve' does.")
        .sectionKeys(COMMANDS_FIRST);
    return new CommandLine(root)
        .addSubcommand("serve", new CommandLine(ServeCommand.spec("serve", clock)))
        .addSubcommand(new DeviceCommand(clock))
        .addSubcommand(new PushCommand())
        .addSubcommand(new RecallCommand())
        .addSubcommand(new StopCommand())
        .addSubcommand(new TailCommand())
        .addSubcommand(new KeysCommand())
        .addSubcommand(new SettingsCommand())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler(CommandLineRunner::wrongArguments)
        .setExecutionExceptionHandler(CommandLineRunner::failed)
        .execute(args);
  }

  private static Optional<String> version() {
    return Optional.ofNullable(CommandLineRunner.class.getPackage().getImplementationVersion());
  }

  private static int wrongArguments(CommandLine.ParameterException fault, String[] args) {
    PrintWriter err = fault.getCommandLine().getErr();
    String name = fault.getCommandLine().getCommandSpec().qualifiedName();
    err.println(name + ": " + fault.getMessage());
    err.println("Try '" + name + " --help'.");
    return CommandLine.ExitCode.USAGE;
  }

  private static int failed(Exception fault, CommandLine line, CommandLine.ParseResult parsed) {
    line.getErr()
        .println(line.getCommandSpec().qualifiedName() + ": " + ExceptionMessages.of(fault));
    return CommandLine.ExitCode.SOFTWARE;
  }
}
