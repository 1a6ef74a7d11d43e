package dev.tiaki.netfilter.nftables.json;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tiaki.netfilter.nftables.check.Pointer;
import dev.tiaki.netfilter.nftables.check.Refusal;
import dev.tiaki.netfilter.nftables.model.Command;
import dev.tiaki.netfilter.nftables.model.Identity;
import dev.tiaki.netfilter.nftables.model.Metainfo;
import dev.tiaki.netfilter.nftables.model.NftItem;
import dev.tiaki.netfilter.nftables.model.ObjectKind;
import dev.tiaki.netfilter.nftables.model.Rule;
import dev.tiaki.netfilter.nftables.model.Selection;
import dev.tiaki.netfilter.nftables.model.SelectionKind;
import dev.tiaki.netfilter.nftables.model.Target;
import dev.tiaki.netfilter.nftables.model.UnknownItem;
import dev.tiaki.netfilter.nftables.rule.Expression;
import dev.tiaki.netfilter.nftables.rule.NftFamily;
import dev.tiaki.netfilter.nftables.rule.Word;
import dev.tiaki.netfilter.nftables.version.NftVersion;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Items of a document from JSON: commands, objects and metainfo. */
final class CommandReader {
  private final boolean isStrict;
  private final ObjectReader objects;

  /** A null version reads leniently. */
  CommandReader(@Nullable NftVersion version) {
    this.isStrict = version != null;
    this.objects = new ObjectReader(version);
  }

  /** Returns the item; leniently, one that is not known is kept as it is. */
  NftItem read(JsonNode node, Pointer at) {
    if (isStrict) {
      return typed(node, at);
    }
    try {
      return typed(node, at);
    } catch (Refusal _) {
      return new UnknownItem(Raw.of(node));
    }
  }

  private NftItem typed(JsonNode node, Pointer at) {
    Map.Entry<String, JsonNode> only = only(node, at, "an item");
    String key = only.getKey();
    JsonNode value = only.getValue();
    Pointer inside = at.at(key);
    return switch (key) {
      case "metainfo" -> metainfo(new Fields(value, inside, isStrict));
      case "add" -> add(value, inside);
      case "create" -> create(value, inside);
      case "insert" -> new Command.Insert(rule(value, inside));
      case "replace" -> new Command.Replace(rule(value, inside));
      case "delete" -> new Command.Delete(target(value, inside));
      case "destroy" -> new Command.Destroy(target(value, inside));
      case "list" -> new Command.Listing(selection(value, inside));
      case "reset" -> new Command.Reset(selection(value, inside));
      case "flush" -> new Command.Flush(selection(value, inside));
      case "rename" -> rename(value, inside);
      default -> objects.read(kind(key, inside), value, inside);
    };
  }

  /** nftables looks keys up in an order of its own and passes over the second one. */
  private static Map.Entry<String, JsonNode> only(JsonNode node, Pointer at, String what) {
    if (!node.isObject()) {
      throw new Refusal(at, what + " is an object, not " + Fields.kind(node));
    }
    if (node.size() != 1) {
      throw new Refusal(at, what + " has exactly one key, not " + node.size());
    }
    return node.properties().iterator().next();
  }

  private static ObjectKind kind(String key, Pointer at) {
    ObjectKind kind = Word.find(ObjectKind.class, key);
    if (kind == null) {
      throw new Refusal(at, "unknown command or object \"" + Raw.shown(key) + "\"");
    }
    return kind;
  }

  private static Metainfo metainfo(Fields fields) {
    return new Metainfo(
        fields.optionalText("version"),
        fields.optionalText("release_name"),
        fields.optionalInteger("json_schema_version"),
        fields.finish());
  }

  private Command add(JsonNode value, Pointer at) {
    Map.Entry<String, JsonNode> only = only(value, at, "what is added");
    ObjectKind kind = kind(only.getKey(), at.at(only.getKey()));
    Pointer inside = at.at(only.getKey());
    return new Command.Add(
        kind == ObjectKind.RULE
            ? objects.rule(new Fields(only.getValue(), inside, isStrict), false)
            : objects.read(kind, only.getValue(), inside));
  }

  private Command create(JsonNode value, Pointer at) {
    Map.Entry<String, JsonNode> only = only(value, at, "what is created");
    Pointer inside = at.at(only.getKey());
    return new Command.Create(objects.read(kind(only.getKey(), inside), only.getValue(), inside));
  }

  private Rule rule(JsonNode value, Pointer at) {
    Map.Entry<String, JsonNode> only = only(value, at, "what is inserted or replaced");
    Pointer inside = at.at(only.getKey());
    if (!only.getKey().equals("rule")) {
      throw new Refusal(inside, "only rules can be inserted or replaced");
    }
    return objects.rule(new Fields(only.getValue(), inside, isStrict), false);
  }

  private Command rename(JsonNode value, Pointer at) {
    Map.Entry<String, JsonNode> only = only(value, at, "what is renamed");
    Pointer inside = at.at(only.getKey());
    if (!only.getKey().equals("chain")) {
      throw new Refusal(inside, "only chains can be renamed");
    }
    Fields fields = new Fields(only.getValue(), inside, isStrict);
    Command rename = new Command.Rename(ObjectReader.identity(fields), fields.text("newname"));
    fields.finishWholly();
    return rename;
  }

  private Target target(JsonNode value, Pointer at) {
    Map.Entry<String, JsonNode> only = only(value, at, "what is deleted");
    Pointer inside = at.at(only.getKey());
    ObjectKind kind = kind(only.getKey(), inside);
    Fields fields = new Fields(only.getValue(), inside, isStrict);
    NftFamily family = ObjectReader.family(fields);
    return switch (kind) {
      case ELEMENT -> elements(family, fields);
      case TABLE ->
          new Target.Reference(
              kind,
              family,
              fields.optionalText("name"),
              null,
              fields.optionalNumber("handle"),
              fields.finish());
      case RULE ->
          new Target.Reference(
              kind,
              family,
              fields.text("table"),
              fields.text("chain"),
              fields.optionalNumber("handle"),
              fields.finish());
      case CHAIN,
          SET,
          MAP,
          FLOWTABLE,
          COUNTER,
          QUOTA,
          LIMIT,
          CT_HELPER,
          CT_TIMEOUT,
          CT_EXPECTATION,
          SYNPROXY,
          SECMARK,
          TUNNEL ->
          new Target.Reference(
              kind,
              family,
              fields.text("table"),
              fields.optionalText("name"),
              fields.optionalNumber("handle"),
              fields.finish());
    };
  }

  private Target elements(NftFamily family, Fields fields) {
    Identity set = Identity.of(family, fields.text("table"), fields.text("name"));
    List<Expression> elements = elements(fields);
    return new Target.OfElements(set, elements, fields.finish());
  }

  private List<Expression> elements(Fields fields) {
    JsonNode value = fields.required("elem");
    JsonNode listed = value.isObject() && value.size() == 1 ? value.get("set") : null;
    if (!isStrict && listed != null && listed.isArray()) {
      // As the monitor prints them; nftables does not take it back.
      return objects.statements().expressions().elements(listed, fields.at("elem"));
    }
    return SetReader.elements(objects.statements().expressions(), value, fields.at("elem"));
  }

  private Selection selection(JsonNode value, Pointer at) {
    Map.Entry<String, JsonNode> only = only(value, at, "what is named");
    Pointer inside = at.at(only.getKey());
    SelectionKind kind = Word.find(SelectionKind.class, only.getKey());
    if (kind == null) {
      throw new Refusal(inside, "unknown kind \"" + Raw.shown(only.getKey()) + "\"");
    }
    if (only.getValue().isNull()) {
      return Selection.all(kind, null);
    }
    Fields fields = new Fields(only.getValue(), inside, isStrict);
    boolean isTable = kind == SelectionKind.TABLE;
    boolean isOfRules = kind == SelectionKind.RULE || kind == SelectionKind.RULES;
    return new Selection(
        kind,
        fields.optionalWord("family", NftFamily.class),
        isTable ? fields.optionalText("name") : fields.optionalText("table"),
        isTable ? null : name(fields, isOfRules ? "chain" : "name"),
        fields.optionalNumber("handle"),
        kind == SelectionKind.ELEMENT ? elements(fields) : List.of(),
        fields.finish());
  }

  private static @Nullable String name(Fields fields, String key) {
    return fields.optionalText(key);
  }
}
