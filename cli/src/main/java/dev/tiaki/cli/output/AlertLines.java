package dev.tiaki.cli.output;

import dev.tiaki.engine.alert.Alert;
import dev.tiaki.engine.alert.AlertSink;

/** Writes each alert as text to an output that it may share with other writers. */
public final class AlertLines implements AlertSink {
  private final ByteOutput output;
  private final AlertText text;

  /** Makes a sink that writes to {@code output} in the layout of {@code text}. */
  public AlertLines(ByteOutput output, AlertText text) {
    this.output = output;
    this.text = text;
  }

  @Override
  public void post(Alert alert) {
    output.write(text.of(alert));
  }
}
