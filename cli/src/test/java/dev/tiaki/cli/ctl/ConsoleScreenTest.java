package dev.tiaki.cli.ctl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.tiaki.traffic.Trace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The console at a real terminal, driven through tmux; its screen is kept in {@code
 * console-screen.txt}. {@code -Dgolden.update=true} writes that anew.
 */
class ConsoleScreenTest {
  private static final Path GOLDEN =
      Path.of(System.getProperty("tiaki.root", ".."))
          .resolve("cli/src/test/resources/dev/tiaki/cli/ctl/console-screen.txt");
  private static final Path TMUX = Path.of("/usr/bin/tmux");
  private static final long STEP_MILLIS = 50;
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(120);
  private static final String RULES =
      """
      local tcp_connection = require('protocol/tcp_connection')
      haka.rule{
        name = 'watch',
        on = tcp_connection.events.new_connection,
        eval = function (flow) end
      }
      """;

  @TempDir Path folder;
  private WaitingEngine engine;

  @Test
  void a_session_looks_like_this() throws Exception {
    requireTmux();
    Trace trace = new Trace();
    trace.conversation("10.0.0.1:1001", "10.0.0.2:80").handshake().up("hello");
    trace.conversation("10.0.0.1:1002", "10.0.0.2:23").handshake().up("login");
    try (WaitingEngine running = WaitingEngine.start(folder, RULES, trace)) {
      engine = running;
      try {
        begin();
        session();
        compare(screen());
      } finally {
        tmux("kill-server");
      }
    }
  }

  private static void requireTmux() {
    if (!Files.isExecutable(TMUX)) {
      if (System.getenv("CI") != null) {
        fail("CI runs every test, but tmux is not installed");
      }
      Assumptions.abort("skipped: tmux is not installed");
    }
  }

  private void begin() throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-Duser.home=" + folder,
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                "dev.tiaki.cli.Tiaki",
                "console",
                "--socket",
                engine.socket().toString()));
    // one word: tmux hands it to a shell
    Path script = folder.resolve("console.sh");
    Files.writeString(script, "exec '" + String.join("' '", command) + "'\n");
    tmux("new-session", "-d", "-x", "100", "-y", "40", "sh " + script);
    tmux("set-option", "-g", "remain-on-exit", "on");
    awaitEnd(">\n");
  }

  private void session() throws Exception {
    answer("1 + 1", "2\n>\n");
    answer("for i = 1, 2 do", "\n>>\n");
    answer("print(i * 10) end", "20\n>\n");
    answer("console.events()", "}\n>\n");
    answer(
        "console.tcp.connections():filter(function (c) return c.dstport == 23 end):drop()",
        ":drop()\n>\n");
    answer("#console.tcp.connections()._data", "worker 1:\n0\n>\n");
    tmux("send-keys", "-t", "0", "-l", "console.ru");
    tmux("send-keys", "-t", "0", "Tab");
    awaitEnd("console.rules\n");
    answer("().name", "\"watch\"\n>\n");
    answer("while true do end", "per event\n>\n");
    answer("nothing.at.all", "nil value\n>\n");
    answer("return 'bye'", "\"bye\"\n");
  }

  /** Types a line and waits until the screen ends like this, the next prompt included. */
  private void answer(String line, String end) throws Exception {
    type(line);
    awaitEnd(end);
  }

  private void type(String line) throws Exception {
    tmux("send-keys", "-t", "0", "-l", line);
    tmux("send-keys", "-t", "0", "Enter");
  }

  /** With what has scrolled off: tmux moves all up by a line when the program has ended. */
  private String screen() throws Exception {
    StringBuilder text = new StringBuilder();
    for (String line : tmux("capture-pane", "-p", "-S", "-", "-t", "0").lines().toList()) {
      if (!line.startsWith("Pane is dead")) {
        text.append(line.stripTrailing()).append('\n');
      }
    }
    return text.toString().stripTrailing() + "\n";
  }

  private void awaitEnd(String end) throws Exception {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (!screen().endsWith(end)) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("the screen does not end with '" + end + "':\n" + screen());
      }
      TimeUnit.MILLISECONDS.sleep(STEP_MILLIS);
    }
  }

  private String tmux(String... words) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(TMUX.toString(), "-S", folder.resolve("tmux").toString(), "-f", "/dev/null"));
    command.addAll(List.of(words));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("LC_ALL", "C.UTF-8");
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return output;
  }

  private static void compare(String screen) throws IOException {
    if (Boolean.getBoolean("golden.update")) {
      Files.createDirectories(GOLDEN.getParent());
      Files.writeString(GOLDEN, screen);
    }
    assertThat(screen).isEqualTo(Files.readString(GOLDEN));
  }
}
