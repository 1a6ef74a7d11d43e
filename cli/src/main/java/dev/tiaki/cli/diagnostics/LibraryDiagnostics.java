package dev.tiaki.cli.diagnostics;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import ch.qos.logback.core.joran.spi.ConsoleTarget;
import ch.qos.logback.core.spi.ContextAwareBase;

/**
 * Sets logback up: warnings and worse as one line each, no stack traces. The property {@code
 * tiaki.diagnostics} names another level; {@code logback.configurationFile} replaces all of it.
 *
 * <p>In Java, since logback's reader of XML took a tenth of a second of every start.
 */
public final class LibraryDiagnostics extends ContextAwareBase implements Configurator {
  private static final String LEVEL = "tiaki.diagnostics";
  private static final String OWN_FILE = "logback.configurationFile";

  /** Made by logback, which finds it as a service. */
  public LibraryDiagnostics() {}

  @Override
  public ExecutionStatus configure(LoggerContext context) {
    if (System.getProperty(OWN_FILE) != null) {
      return ExecutionStatus.INVOKE_NEXT_IF_ANY;
    }
    Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
    root.setLevel(Level.toLevel(System.getProperty(LEVEL), Level.WARN));
    root.addAppender(standardError(context));
    // warns of a network namespace whose interfaces are down, which is nothing to the control API
    context.getLogger("io.netty.util.NetUtilInitializations").setLevel(Level.ERROR);
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }

  private static ConsoleAppender<ILoggingEvent> standardError(LoggerContext context) {
    OneLine layout = new OneLine();
    layout.setContext(context);
    layout.start();
    LayoutWrappingEncoder<ILoggingEvent> encoder = new LayoutWrappingEncoder<>();
    encoder.setContext(context);
    encoder.setLayout(layout);
    encoder.start();
    ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
    appender.setContext(context);
    appender.setTarget(ConsoleTarget.SystemErr.getName());
    appender.setEncoder(encoder);
    appender.start();
    return appender;
  }
}
