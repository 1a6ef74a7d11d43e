package dev.tiaki.lua.runtime;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tiaki.lua.compile.LuaEngine;
import dev.tiaki.lua.coroutine.SwitchKind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The language as scripts: each {@code NAME.lua} prints what {@code NAME.out} holds, compiled and
 * interpreted, with both kinds of coroutines. {@code -Dgolden.update=true} writes the outputs anew.
 */
class LanguageTest {
  private static final Path SCRIPTS = Path.of("src/test/resources/language");

  @TestFactory
  Stream<DynamicTest> each_script_prints_what_is_expected() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    try (Stream<Path> files = Files.list(SCRIPTS)) {
      files
          .filter(file -> file.toString().endsWith(".lua"))
          .sorted()
          .forEach(file -> addVariants(tests, file));
    }
    assertThat(tests).isNotEmpty();
    return tests.stream();
  }

  private static void addVariants(List<DynamicTest> tests, Path file) {
    for (LuaEngine engine : LuaEngine.values()) {
      for (SwitchKind kind : SwitchKind.values()) {
        String name = file.getFileName() + " " + engine + " " + kind;
        tests.add(DynamicTest.dynamicTest(name, () -> check(file, engine, kind)));
      }
    }
  }

  private static void check(Path file, LuaEngine engine, SwitchKind kind) throws Exception {
    String printed = printed(file, engine, kind);
    Path expected = Path.of(file.toString().replace(".lua", ".out"));
    if (Boolean.getBoolean("golden.update")) {
      Files.writeString(expected, printed, ISO_8859_1);
    }
    assertThat(printed).isEqualTo(Files.readString(expected, ISO_8859_1));
  }

  private static String printed(Path file, LuaEngine engine, SwitchKind kind) {
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    LuaSettings settings = LuaSettings.defaults(output).withEngine(engine).withCoroutines(kind);
    LuaRuntime runtime = new LuaRuntime(settings);
    try {
      runtime.run(Files.readAllBytes(file), "@" + file.getFileName());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return output.toString(ISO_8859_1);
  }
}
