package dev.tiaki.cli.conntrack;

import dev.tiaki.cli.option.HelpOption;
import dev.tiaki.netfilter.conntrack.ChangeSummary;
import dev.tiaki.netfilter.conntrack.Conntrack;
import dev.tiaki.netfilter.netlink.Errno;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What every command over the table does around its work. */
abstract class TableCommand implements Callable<Integer> {
  @SuppressWarnings("NullAway.Init") // set by picocli before the command runs
  @Spec
  CommandSpec spec;

  @Mixin TableOption table = new TableOption();

  @Mixin HelpOption help = new HelpOption();

  /** Does the work; returns the exit status. */
  abstract int work(Conntrack conntrack, PrintWriter out) throws IOException;

  /** Fills the table when it is one of captures, before the work; returns what was unreadable. */
  List<String> fill(Conntrack conntrack) {
    return table.fill(conntrack);
  }

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    try (Conntrack conntrack = table.open()) {
      boolean complete = complain(fill(conntrack));
      int status = work(conntrack, out);
      return complete ? status : Math.max(1, status);
    } catch (IllegalArgumentException e) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), String.valueOf(e.getMessage()), e);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    } finally {
      out.flush();
    }
  }

  /** Says what could not be read of captures; false when there was something. */
  boolean complain(List<String> failures) {
    PrintWriter errors = spec.commandLine().getErr();
    failures.forEach(failure -> errors.println(spec.qualifiedName() + ": " + failure));
    errors.flush();
    return failures.isEmpty();
  }

  /** Says what became of many; 1 when nothing was done or something was refused. */
  static int say(PrintWriter out, ChangeSummary summary, String word, boolean json) {
    if (json) {
      out.println(
          "{\"%s\":%d,\"already_gone\":%d,\"refused\":%d}"
              .formatted(word, summary.done(), summary.alreadyGone(), summary.refused()));
    } else {
      out.println(summary.done() + " " + word);
      if (summary.alreadyGone() > 0) {
        out.println(summary.alreadyGone() + " had ended already");
      }
      if (summary.refused() > 0) {
        out.println(
            summary.refused() + " refused, the first with " + Errno.name(summary.firstErrno()));
      }
    }
    return summary.done() > 0 && summary.refused() == 0 ? 0 : 1;
  }
}
