package dev.tiaki.cli.config;

import dev.tiaki.cli.config.ConfigFile.Entry;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * A mapping of option names to a value, to a list of them, or to true and false. Options that begin
 * with the same word may stand together below it: {@code control: {socket: …, group: …}}.
 */
final class YamlConfig {
  private YamlConfig() {}

  static List<Entry> entries(String text, Path file) throws ConfigException {
    Node root;
    try {
      root = new Yaml(new SafeConstructor(new LoaderOptions())).compose(new StringReader(text));
    } catch (MarkedYAMLException e) {
      throw new ConfigException(
          file,
          Optional.ofNullable(e.getProblemMark()).map(mark -> mark.getLine() + 1).orElse(1),
          "is no YAML: " + e.getProblem());
    }
    if (root == null) {
      return List.of();
    }
    if (!(root instanceof MappingNode mapping)) {
      throw new ConfigException(file, 1, "must be 'key: value' lines");
    }
    List<Entry> entries = new ArrayList<>();
    read(mapping, "", entries, new HashSet<>(), file);
    return entries;
  }

  private static void read(
      MappingNode mapping, String prefix, List<Entry> entries, Set<String> seen, Path file)
      throws ConfigException {
    for (NodeTuple tuple : mapping.getValue()) {
      String key = prefix + scalar(tuple.getKeyNode(), file, "a key");
      if (!seen.add(key)) {
        throw new ConfigException(file, line(tuple.getKeyNode()), key + " stands here again");
      }
      if (prefix.isEmpty() && tuple.getValueNode() instanceof MappingNode inner) {
        read(inner, key + "-", entries, seen, file);
      } else {
        add(entries, key, tuple, file);
      }
    }
  }

  private static void add(List<Entry> entries, String key, NodeTuple tuple, Path file)
      throws ConfigException {
    String option = "--" + key;
    int line = line(tuple.getKeyNode());
    Node value = tuple.getValueNode();
    if (value instanceof SequenceNode list) {
      List<String> values = new ArrayList<>();
      for (Node each : list.getValue()) {
        values.add(scalar(each, file, "a value of " + key));
      }
      if (!values.isEmpty()) {
        entries.add(new Entry(option, values, line));
      }
    } else if (value.getTag().equals(Tag.NULL)) {
      throw new ConfigException(file, line, key + " has no value; give one, or remove the line");
    } else {
      entries.add(new Entry(option, List.of(scalar(value, file, "the value of " + key)), line));
    }
  }

  private static String scalar(Node node, Path file, String what) throws ConfigException {
    if (node instanceof ScalarNode scalar) {
      return scalar.getValue();
    }
    throw new ConfigException(file, line(node), what + " must be one word or number");
  }

  private static int line(Node node) {
    Mark mark = node.getStartMark();
    return mark == null ? 1 : mark.getLine() + 1;
  }
}
