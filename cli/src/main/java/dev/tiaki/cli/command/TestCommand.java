package dev.tiaki.cli.command;

import dev.tiaki.cli.option.HelpOption;
import dev.tiaki.cli.ruletest.RuleTest;
import dev.tiaki.cli.ruletest.RuleTestRun;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tiaki test}: replays the captures of folders and compares what comes out. */
@Command(
    name = "test",
    description = "Test rules: replay captures and compare what comes out.",
    footer = {
      "",
      "A test is a folder with rules.lua, captures, and expected.txt: what the replay prints (rules,"
          + " alerts, log). Where delivered.txt stands beside it, the streams that leave are compared"
          + " too. options.txt holds options for 'tiaki replay'. Times are in UTC."
    })
final class TestCommand implements Callable<Integer> {
  @SuppressWarnings("NullAway.Init") // set by picocli before the command runs
  @Spec
  CommandSpec spec;

  @Parameters(
      paramLabel = "FOLDER",
      arity = "1..*",
      description = "A test, or a folder with tests somewhere below it.")
  private List<Path> folders = new ArrayList<>();

  @Option(names = "--update", description = "Write the expected texts anew; look at them then.")
  private boolean update;

  @Mixin HelpOption help = new HelpOption();

  TestCommand() {}

  @Override
  public Integer call() throws Exception {
    List<RuleTest> found = new ArrayList<>();
    for (Path folder : folders) {
      found.addAll(testsIn(folder));
    }
    PrintWriter out = spec.commandLine().getOut();
    List<RuleTestRun.Result> results = new ArrayList<>();
    found.parallelStream()
        .map(new RuleTestRun(update)::run)
        .forEachOrdered(result -> {
          results.add(result);
          print(out, result);
        });
    long failed = results.stream().filter(result -> !result.isPassed()).count();
    String tests = results.size() == 1 ? "1 test" : results.size() + " tests";
    out.println(tests + ", " + failed + " failed");
    out.flush();
    return failed == 0 ? ExitStatus.DONE : ExitStatus.FAILED;
  }

  private static List<RuleTest> testsIn(Path folder) throws IOException, CommandFailure {
    if (!Files.isDirectory(folder)) {
      throw new CommandFailure(folder + ": no such folder");
    }
    List<RuleTest> tests = RuleTest.in(folder);
    if (tests.isEmpty()) {
      throw new CommandFailure(
          folder + ": no test in it; a test is a folder with rules.lua and a capture");
    }
    return tests;
  }

  private void print(PrintWriter out, RuleTestRun.Result result) {
    String passed = update ? "wrote " : "ok    ";
    out.println((result.isPassed() ? passed : "FAIL  ") + result.test().name());
    result.problems().forEach(problem -> out.println("      " + problem));
    out.flush();
  }
}
