package dev.tiaki.cli.diagnostics;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.Configurator.ExecutionStatus;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ServiceLoader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a user reads when a library has something to say. */
class LibraryDiagnosticsTest {
  private static final String LEVEL = "tiaki.diagnostics";
  private static final String OWN_FILE = "logback.configurationFile";

  private final PrintStream before = System.err;
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private final LoggerContext context = new LoggerContext();

  @BeforeEach
  void listen() {
    System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
    context.setMDCAdapter(new LogbackMDCAdapter()); // as logback's provider does for its own
  }

  @AfterEach
  void restore() {
    System.setErr(before);
    System.clearProperty(LEVEL);
    System.clearProperty(OWN_FILE);
    context.stop();
  }

  private ExecutionStatus configure() {
    return new LibraryDiagnostics().configure(context);
  }

  private String said() {
    return said.toString(StandardCharsets.UTF_8);
  }

  @Test
  void a_warning_is_one_line_without_a_stack_trace() {
    configure();
    context
        .getLogger("io.netty.channel.Pipeline")
        .warn("{} was lost", "it", new IllegalStateException("why"));
    context.getLogger("io.netty.channel.Pipeline").info("nobody asked");
    assertThat(said()).isEqualTo("WARN  Pipeline: it was lost\n");
  }

  @Test
  void another_level_can_be_asked_for() {
    System.setProperty(LEVEL, "debug");
    configure();
    context.getLogger("Pcaps").debug("opened");
    assertThat(said()).isEqualTo("DEBUG Pcaps: opened\n");
  }

  @Test
  void a_file_of_the_users_own_counts_instead() {
    System.setProperty(OWN_FILE, "mine.xml");
    assertThat(configure()).isEqualTo(ExecutionStatus.INVOKE_NEXT_IF_ANY);
  }

  @Test
  void logback_finds_it() {
    assertThat(ServiceLoader.load(Configurator.class))
        .hasAtLeastOneElementOfType(LibraryDiagnostics.class);
  }
}
