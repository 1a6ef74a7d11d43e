package dev.tiaki.lua.reference;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** All definition files, which are part of the program. */
public final class Definitions {
  private static final List<String> FILES =
      List.of(
          "language",
          "rules",
          "log",
          "policies",
          "class",
          "check",
          "color",
          "list",
          "buffers",
          "regexp",
          "grammar",
          "state_machine",
          "dissector",
          "packet",
          "ipv4",
          "ipv6",
          "icmp",
          "icmpv6",
          "tcp",
          "tcp_connection",
          "udp",
          "udp_connection",
          "dns",
          "tls",
          "http",
          "smtp",
          "crypto",
          "geoip",
          "elasticsearch",
          "asm",
          "debug",
          "console",
          "tiaki");

  private final List<DefinitionFile> files;
  private final Map<String, Set<String>> members = new HashMap<>();
  private final Map<String, List<String>> parents = new HashMap<>();
  private final Set<String> names = new HashSet<>();
  private final Map<String, String> types = new HashMap<>();

  private Definitions(List<DefinitionFile> files) {
    this.files = files;
    files.forEach(this::index);
  }

  /**
   * Reads them.
   *
   * @throws IllegalArgumentException with file and line, for one that is no definition
   */
  public static Definitions load() {
    return new Definitions(
        FILES.stream().map(name -> DefinitionReader.read(name, source(name))).toList());
  }

  private static String source(String name) {
    try (InputStream in = Definitions.class.getResourceAsStream(name + ".lua")) {
      if (in == null) {
        throw new IllegalStateException("resource missing: " + name + ".lua");
      }
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void index(DefinitionFile file) {
    for (Block block : file.blocks()) {
      switch (block) {
        case Block.Type type -> {
          parents.computeIfAbsent(type.name(), name -> new ArrayList<>()).addAll(type.parents());
          type.fields().forEach(field -> member(type.name(), field.name()));
        }
        case Block.Function function -> {
          String owner = file.locals().get(function.owner());
          if (owner == null) {
            names.add(function.path());
          } else {
            member(owner, function.name());
          }
        }
        case Block.Value value -> {
          names.add(value.path());
          if (value.type() != null) {
            types.put(value.path(), value.type());
          }
        }
        case Block.Alias alias -> names.add(alias.name());
        case Block.Prose _ -> {
          // has no name
        }
      }
    }
  }

  private void member(String type, String name) {
    members.computeIfAbsent(type, key -> new HashSet<>()).add(name.replace("?", ""));
  }

  /** Returns the files in the order of the reference. */
  public List<DefinitionFile> files() {
    return files;
  }

  /** Tells whether a function or value that Lua writes so, {@code haka.log.info}, is defined. */
  public boolean hasName(String path) {
    int dot = path.lastIndexOf('.');
    String type = dot < 0 ? null : types.get(path.substring(0, dot));
    return names.contains(path) || (type != null && hasMember(type, path.substring(dot + 1)));
  }

  /** Tells whether a type is defined. */
  public boolean hasType(String type) {
    return parents.containsKey(type) || names.contains(type);
  }

  /** Tells whether a type or one of its parents has an attribute or method of this name. */
  public boolean hasMember(String type, String name) {
    return members.getOrDefault(type, Set.of()).contains(name)
        || parents.getOrDefault(type, List.of()).stream().anyMatch(p -> hasMember(p, name));
  }

  /**
   * Writes the definition files, for an editor to read.
   *
   * @param folder made when it is missing
   */
  public void writeDefinitions(Path folder) throws IOException {
    Files.createDirectories(folder);
    for (DefinitionFile file : files) {
      Files.writeString(folder.resolve(file.name() + ".lua"), file.source());
    }
  }

  /**
   * Writes the pages of the reference, in Markdown.
   *
   * @param folder made when it is missing
   */
  public void writePages(Path folder) throws IOException {
    Files.createDirectories(folder);
    for (DefinitionFile file : files) {
      Files.writeString(folder.resolve(file.name() + ".md"), ReferencePage.of(file));
    }
  }
}
