package dev.tiaki.cli.command;

import dev.tiaki.cli.option.HelpOption;
import dev.tiaki.lua.reference.Definitions;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code tiaki lua-reference}: what rules see, as files for editors and as Markdown pages. */
@Command(
    name = "lua-reference",
    description = "Write what Lua rules see: definition files for editors, Markdown pages.")
final class LuaReferenceCommand implements Callable<Integer> {
  @SuppressWarnings("NullAway.Init") // set by picocli before the command runs
  @Spec
  CommandSpec spec;

  @Option(
      names = "--definitions",
      paramLabel = "DIR",
      description = "Write LuaLS definition files to DIR, for 'Lua.workspace.library'.")
  private @Nullable Path definitions;

  @Option(names = "--pages", paramLabel = "DIR", description = "Write Markdown pages to DIR.")
  private @Nullable Path pages;

  @Mixin HelpOption help = new HelpOption();

  LuaReferenceCommand() {}

  @Override
  public Integer call() throws IOException {
    if (definitions == null && pages == null) {
      throw new ParameterException(spec.commandLine(), "--definitions or --pages is missing");
    }
    Definitions all = Definitions.load();
    if (definitions != null) {
      all.writeDefinitions(definitions);
      tell(all, "definitions", definitions);
    }
    if (pages != null) {
      all.writePages(pages);
      tell(all, "pages", pages);
    }
    return ExitStatus.DONE;
  }

  private void tell(Definitions all, String what, Path folder) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(all.files().size() + " " + what + " in " + folder);
    out.flush();
  }
}
