package dev.tiaki.cli.assembly;

import dev.tiaki.cli.output.ByteText;
import dev.tiaki.engine.alert.AlertIds;
import dev.tiaki.engine.capture.CaptureFormatException;
import dev.tiaki.engine.capture.CaptureReader;
import dev.tiaki.engine.log.LogLevel;
import dev.tiaki.engine.log.LogOutput;
import dev.tiaki.engine.log.LogSection;
import dev.tiaki.engine.rule.RuleFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/**
 * One rule file over one capture, told as Haka tells it: the log lines around the packets, in their
 * order, are what Haka's own tests compare.
 */
public final class HakaRun {
  private final RunSettings settings;
  private final RunOutputs outputs;
  private final EngineErrors engineErrors;
  private volatile Runnable stop = () -> {};

  /** Makes a run; nothing is read or loaded yet. */
  public HakaRun(RunSettings settings, RunOutputs outputs, EngineErrors engineErrors) {
    this.settings = settings;
    this.outputs = outputs;
    this.engineErrors = engineErrors;
  }

  /** Ends the run after the current packet; may be called by any thread. */
  public void stop() {
    stop.run();
  }

  /**
   * Runs the rules over a capture.
   *
   * @return false when they could not be loaded or the capture not opened, which was logged
   */
  public boolean run(String capture) {
    SharedState shared = new SharedState(new AlertIds(), engineErrors, this::stop);
    EngineWorker worker = new EngineWorker(0, settings, outputs, shared);
    stop = worker::stop;
    LogSection log = worker.log().section("capture");
    log.info("opening file '" + ByteText.ofCharacters(capture) + "'");
    try (CaptureReader reader = CaptureReader.open(Path.of(capture))) {
      begin(reader);
      return loaded(worker) && process(worker, reader, log);
    } catch (IOException e) {
      log.error(ByteText.ofCharacters(String.valueOf(e.getMessage())));
      fatal("cannot load packet capture module: " + e.getMessage());
      return false;
    }
  }

  private void begin(CaptureReader reader) throws IOException {
    if (outputs.packets() != null) {
      outputs.packets().begin(reader.layout());
    }
  }

  private boolean loaded(EngineWorker worker) {
    LogSection core = worker.log().section("core");
    if (settings.mode().readOnlyBuffers()) {
      core.info("setting packet capture mode to pass-through\n");
    }
    for (Path rules : settings.rules()) {
      core.info("loading rule file '" + ByteText.ofCharacters(rules.toString()) + "'");
    }
    core.info("initializing thread 0");
    try {
      worker.loadRules();
      worker.logSummary();
    } catch (RuleFailure failure) {
      worker.log().section("lua").error(String.valueOf(failure.getMessage()));
      fatal("thread initialization error");
      return false;
    }
    core.info("starting single threaded processing\n");
    return true;
  }

  private boolean process(EngineWorker worker, CaptureReader reader, LogSection log)
      throws IOException {
    worker.start();
    worker.beginCapture(reader.name(), 0);
    try {
      worker.run(reader);
    } catch (CaptureFormatException e) {
      // as Haka: what was read counts, and the break is only logged
      log.error(ByteText.ofCharacters(String.valueOf(e.getMessage())));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    worker.close(); // before the flows end: rules see "closing state" first
    worker.endFlows();
    worker.finishRules();
    LogSection core = worker.log().section("core");
    core.info("unload module 'File alert'");
    core.info("unload module 'Pcap Module'");
    return true;
  }

  private void fatal(String message) {
    LogOutput log = outputs.log();
    log.write("core", LogLevel.FATAL, ByteText.ofCharacters(message));
  }
}
