package dev.tiaki.cli.ctl;

import dev.tiaki.cli.output.Terminal;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** A command whose answer can be watched as it changes. */
abstract class WatchingCommand extends AskingCommand {
  private static final String HOME_AND_CLEAR = "\u001b[H\u001b[2J";
  private static final double MIN_SECONDS = 0.1;
  private static final double MAX_SECONDS = 86_400;
  private static final double MILLIS = 1000;

  @Option(
      names = "--watch",
      arity = "0..1",
      fallbackValue = "2",
      paramLabel = "SECONDS",
      description = "Show it again and again, every 2 seconds, until ^C.")
  @Nullable Double watch;

  @Override
  public Integer call() throws IOException {
    Double every = watch;
    if (every == null) {
      return super.call();
    }
    if (!(every >= MIN_SECONDS && every <= MAX_SECONDS)) {
      throw new ParameterException(
          spec.commandLine(), "--watch: from 0.1 to 86400 seconds, not " + every);
    }
    ControlClient client = options.client();
    while (true) {
      String text = shown(client);
      show((Terminal.isOutput() && !json ? HOME_AND_CLEAR : "") + text);
      try {
        Thread.sleep((long) (every * MILLIS));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return 0;
      }
    }
  }
}
