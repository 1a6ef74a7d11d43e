package dev.tiaki.cli.diagnostics;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.LayoutBase;

/** The level, the class that speaks and what it says. */
final class OneLine extends LayoutBase<ILoggingEvent> {
  @Override
  public String doLayout(ILoggingEvent event) {
    String logger = event.getLoggerName();
    return "%-5s %s: %s\n"
        .formatted(
            event.getLevel(),
            logger.substring(logger.lastIndexOf('.') + 1),
            event.getFormattedMessage());
  }
}
