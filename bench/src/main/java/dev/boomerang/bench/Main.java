// Copyright The Boomerang Authors
// SPDX-License-Identifier: Apache-2.0
package dev.boomerang.bench;

import dev.boomerang.bench.report.Bench;
import dev.boomerang.bench.report.BenchOptions;
import dev.boomerang.bench.report.BenchReport;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// `bench/run <name>|all [options]`.
public final class Main {
  private static final Map<String, Bench> BENCHES = new LinkedHashMap<>();

  static {
    BENCHES.put("start", new StartBench());
    BENCHES.put("accept", new AcceptBench());
    BENCHES.put("e2e", new EndToEndBench());
    BENCHES.put("unicast", new UnicastBench());
    BENCHES.put("broadcast", new BroadcastBench());
    BENCHES.put("multiple", new MassBench(MassBench.Kind.MULTIPLE));
    BENCHES.put("everyone", new MassBench(MassBench.Kind.EVERYONE));
    BENCHES.put("log", new LogBench());
    BENCHES.put("segments", new SegmentBench());
    BENCHES.put("idle", new IdleBench());
    BENCHES.put("million", new MillionBench());
  }

  private Main() {}

  public static void main(String[] args) {
    try {
      System.exit(run(args));
    } catch (IllegalArgumentException e) {
      System.err.println("bench: " + e.getMessage());
      System.exit(2);
    }
  }

  private static int run(String[] args) {
    if (args.length == 0 || args[0].startsWith("-")) {
      System.err.println(
          "usage: bench/run <name>|all [--seconds N] [--connections N] [--callers N]"
              + " [--sessions N] [--postgres]\nnames: "
              + String.join(", ", BENCHES.keySet()));
      return 2;
    }
    BenchOptions benchOptions = BenchOptions.parse(args, 1);
    String wanted = args[0];
    List<String> names = wanted.equals("all") ? List.copyOf(BENCHES.keySet()) : List.of(wanted);
    boolean allWell = true;
    for (String each : names) {
      allWell &= run(each, benchOptions);
    }
    return allWell ? 0 : 1;
  }

  private static boolean run(String name, BenchOptions benchOptions) {
    Bench bench = BENCHES.get(name);
    if (bench == null) {
      throw new IllegalArgumentException("no bench " + name + ", there are " + BENCHES.keySet());
    }
    var benchReport = new BenchReport(name);
    try {
      bench.run(benchOptions, benchReport);
      benchReport.print(System.out);
      return true;
    } catch (Exception e) {
      benchReport.print(System.out);
      System.err.println("bench: " + name + " failed");
      e.printStackTrace();
      return false;
    }
  }
}
