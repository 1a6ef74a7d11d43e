package dev.tiaki.cli.config;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Reads configuration files. */
public final class ConfigFile {
  private ConfigFile() {}

  /**
   * What a file says about one option.
   *
   * @param option the option, {@code --name}
   * @param values its values in order; none for an option that is merely given
   * @param line where it stands, counted from 1
   */
  public record Entry(String option, List<String> values, int line) {
    /** Keeps its own copy of the list. */
    public Entry {
      values = List.copyOf(values);
    }
  }

  /**
   * Reads a file: one whose name ends in {@code .conf} as Haka's, any other as YAML.
   *
   * @throws ConfigException when it says something that makes no sense
   * @throws IOException when it cannot be read; the message names it
   */
  public static List<Entry> read(Path file) throws IOException, ConfigException {
    String text = text(file);
    return file.toString().endsWith(".conf")
        ? HakaConf.entries(text, file)
        : YamlConfig.entries(text, file);
  }

  /**
   * Reads a file of Haka's, as if {@code overrides} stood at its end.
   *
   * @param overrides values by {@code section:key}
   * @throws ConfigException when it says something that makes no sense, or names no rule file or no
   *     capture module
   * @throws IOException when it cannot be read; the message names it
   */
  public static List<Entry> readHaka(Path file, Map<String, String> overrides)
      throws IOException, ConfigException {
    return HakaConf.entries(text(file), file, overrides);
  }

  private static String text(Path file) throws IOException {
    try {
      return Files.readString(file);
    } catch (NoSuchFileException e) {
      throw new IOException(file + ": there is no such file", e);
    } catch (CharacterCodingException e) {
      throw new IOException(file + ": is not UTF-8 text", e);
    } catch (IOException e) {
      throw new IOException(file + ": cannot be read, permission denied?", e);
    }
  }
}
