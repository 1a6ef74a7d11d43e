package dev.tiaki.lua.haka;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A name of Haka's Lua API, and a piece of Lua that does something with it.
 *
 * <p>They stand in files, one a line: {@code name :: code}. {@code name ::! where} is a name that
 * another part of the program has and tests; {@code name ::? why :: code} one that is missing. What
 * the names of a section share stands before them: {@code = section}, {@code types} (the documented
 * types that prefixes of names stand for), {@code traffic}, {@code let} (code that runs first),
 * {@code wrap} (code around each piece). Sections with {@code traffic together} share one runtime.
 *
 * @param elsewhere where it is instead, or null
 * @param missing why it is missing, or null
 * @param source the whole rule file
 * @param types the documented types of the section, by prefix
 */
record HakaName(
    String section,
    String name,
    @Nullable String elsewhere,
    @Nullable String missing,
    String traffic,
    String source,
    Map<String, List<String>> types) {
  private static final String[] FILES = {
    "language", "core", "buffers", "grammar", "packets", "applications"
  };
  private static final String PRELUDE =
      """
      local deferred
      local function exercised() print('exercised') end
      local function ran() deferred = true end
      local function on(event, f)
        local done
        haka.rule{ on = event, eval = function (...)
          if not done then done = true f(...) end
        end }
      end
      local function fails(message, f, ...)
        local done, problem = pcall(f, ...)
        assert(not done and tostring(problem):find(message, 1, true), tostring(problem))
      end
      """;

  /** Returns all names, in the order of the files. */
  static List<HakaName> all() {
    List<HakaName> names = new ArrayList<>();
    for (String file : FILES) {
      new Reader(names).read(text(file));
    }
    return names;
  }

  private static String text(String file) {
    try (InputStream in =
        HakaName.class.getResourceAsStream("/dev/tiaki/lua/names/" + file + ".names")) {
      if (in == null) {
        throw new IllegalStateException("resource missing: " + file);
      }
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return section + ": " + name;
  }

  /** Reads one file. */
  private static final class Reader {
    private final List<HakaName> names;
    private String section = "";
    private String traffic = "none";
    private String setup = "";
    private String wrap = "SNIPPET";
    private Map<String, List<String>> types = Map.of();

    Reader(List<HakaName> names) {
      this.names = names;
    }

    void read(String text) {
      text.lines().filter(line -> !line.isBlank()).forEach(this::line);
    }

    private void line(String line) {
      int separator = line.indexOf(" ::");
      String[] words = line.split(" ", 2);
      if (separator >= 0) {
        names.add(name(line.substring(0, separator), line.substring(separator + 3)));
      } else {
        switch (words[0]) {
          case "=" -> begin(words[1]);
          case "traffic" -> traffic = words[1];
          case "types" -> types = types(words[1]);
          case "let" -> setup += words[1] + "\n";
          case "wrap" -> wrap = words[1];
          default -> throw new IllegalArgumentException(line);
        }
      }
    }

    private void begin(String name) {
      section = name;
      traffic = "none";
      setup = "";
      wrap = "SNIPPET";
      types = Map.of();
    }

    private static Map<String, List<String>> types(String words) {
      Map<String, List<String>> types = new HashMap<>();
      for (String word : words.split(" ", -1)) {
        String[] parts = word.split("=", 2);
        types.put(parts[0], List.of(parts[1].split(",", -1)));
      }
      return types;
    }

    private HakaName name(String name, String rest) {
      String elsewhere = rest.startsWith("!") ? rest.substring(1).strip() : null;
      String missing = null;
      String code = elsewhere == null ? rest.strip() : "";
      if (rest.startsWith("?")) {
        String[] parts = rest.substring(1).split("::", 2);
        missing = parts[0].strip();
        code = parts[1].strip();
      }
      String body = code + "\nif not deferred then exercised() end\n";
      String source = PRELUDE + setup + wrap.replace("SNIPPET", body);
      return new HakaName(section, name, elsewhere, missing, traffic, source, types);
    }
  }
}
