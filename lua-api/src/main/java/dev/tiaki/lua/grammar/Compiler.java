package dev.tiaki.lua.grammar;

import dev.tiaki.lua.fault.Raised;
import dev.tiaki.lua.grammar.Node.Place;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;

/**
 * Makes nodes of the entities of one grammar. A rule that is met inside of itself becomes a
 * recursion into the node that is being made.
 */
final class Compiler {
  /** References to references to references: more than this is a circle. */
  private static final int MAX_REFERENCES = 100;

  private final GrammarRuntime runtime;
  private final Map<String, Entity> rules;
  private final IdentityHashMap<Kind, Node> underWay = new IdentityHashMap<>();
  private LuaTable fields = new LuaTable();
  private int references;

  Compiler(GrammarRuntime runtime, Map<String, Entity> rules) {
    this.runtime = runtime;
    this.rules = rules;
  }

  /** Compiles an exported rule. */
  CompiledEntity export(Entity entity) {
    return new CompiledEntity(
        runtime, compile(entity, Place.NOWHERE, null), resolved(entity).traits().resultClass());
  }

  /** Returns the names of the fields that the compiled rules have, each with those inside. */
  LuaTable fields() {
    return fields;
  }

  /** Returns the entity that a reference stands for, with what the reference adds. */
  private Entity resolved(Entity entity) {
    if (!(entity.kind() instanceof Kind.Reference(String target))) {
      return entity;
    }
    Entity rule = rules.get(target);
    if (rule == null
        || (rule.kind() instanceof Kind.Reference(String next) && next.equals(target))
        || ++references > MAX_REFERENCES) {
      throw Raised.at("undefined entity: " + target);
    }
    Entity found = resolved(rule.with(rule.traits().under(entity.traits())));
    references--;
    return found;
  }

  /**
   * Compiles an entity.
   *
   * @param outerRule the rule around it, which its parts belong to unless it is a rule itself
   */
  private Node compile(Entity given, Place place, @Nullable String outerRule) {
    Entity entity = resolved(given);
    Kind kind = entity.kind();
    LuaTable outerFields = fields;
    LuaString name = entity.traits().name();
    if (name != null) {
      LuaTable inner = new LuaTable();
      outerFields.rawset(name, inner);
      fields = inner;
    }
    String rule = entity.rule() == null ? outerRule : entity.rule();
    Node node = compile(entity, kind, place, rule);
    fields = outerFields;
    return node;
  }

  private Node compile(Entity entity, Kind kind, Place place, @Nullable String rule) {
    Traits traits = entity.traits();
    return switch (kind) {
      case Kind.Parts parts -> parts(parts, traits, place, rule);
      case Kind.Union union -> union(union, traits, place, rule);
      case Kind.Try attempt -> attempt(attempt, traits, place, rule);
      case Kind.Branch branch -> branch(branch, traits, place, rule);
      case Kind.Array array -> array(array, traits, place, rule);
      case Kind.Digits number -> new NumberNode(place, number, traits);
      case Kind.Align(int bits) -> new AlignNode(place, bits);
      case Kind.Bytes bytes -> new BytesNode(place, bytes, traits);
      case Kind.Token token -> new TokenNode(place, token, traits);
      case Kind.Execute execute -> new ExecuteNode(place, execute);
      case Kind.Empty ignored -> new EmptyNode(place);
      case Kind.Fail(LuaValue message) ->
          new FailNode(new Place(null, place.id()), message.tojstring());
      case Kind.Reference(String target) ->
          throw new IllegalStateException("reference not resolved: " + target);
    };
  }

  private Node recursion(Place place, Node inner) {
    return new RecursionNode(place, inner);
  }

  private List<Node> all(List<Entity> entities, @Nullable String rule) {
    List<Node> nodes = new ArrayList<>(entities.size());
    for (Entity entity : entities) {
      Place place = new Place(rule, LuaValue.valueOf(nodes.size() + 1));
      nodes.add(compile(entity, place, rule));
    }
    return nodes;
  }

  private Node parts(Kind.Parts kind, Traits traits, Place place, @Nullable String rule) {
    if (underWay.get(kind) instanceof PartsNode inner) {
      PartsNode again = new PartsNode(place, kind, traits);
      again.setPartsOf(inner);
      return recursion(place, again);
    }
    PartsNode node = new PartsNode(place, kind, traits);
    underWay.put(kind, node);
    if (!kind.retained()) {
      kind.parts().forEach(this::warnNamed);
    }
    node.setParts(all(kind.parts(), rule));
    underWay.remove(kind);
    return node;
  }

  private void warnNamed(Entity entity) {
    LuaString name = entity.traits().name();
    if (name != null) {
      runtime.log().warn("named element '" + name.tojstring() + "' are not supported in sequence");
    }
  }

  private Node union(Kind.Union kind, Traits traits, Place place, @Nullable String rule) {
    Node inner = underWay.get(kind);
    if (inner != null) {
      return recursion(place, inner);
    }
    UnionNode node = new UnionNode(place, traits);
    underWay.put(kind, node);
    node.setParts(all(kind.parts(), rule));
    underWay.remove(kind);
    return node;
  }

  private Node attempt(Kind.Try kind, Traits traits, Place place, @Nullable String rule) {
    Node inner = underWay.get(kind);
    if (inner != null) {
      return recursion(place, inner);
    }
    if (kind.cases().isEmpty()) {
      throw Raised.at("cannot create a try element without any case");
    }
    TryNode node = new TryNode(place, traits, rule);
    underWay.put(kind, node);
    node.setCases(all(kind.cases(), rule));
    underWay.remove(kind);
    return node;
  }

  private Node branch(Kind.Branch kind, Traits traits, Place place, @Nullable String rule) {
    Node inner = underWay.get(kind);
    if (inner != null) {
      return recursion(place, inner);
    }
    BranchNode node = new BranchNode(place, kind.selector(), rule);
    underWay.put(kind, node);
    List<LuaValue> keys = new ArrayList<>();
    List<Node> cases = new ArrayList<>();
    for (Kind.Case one : kind.cases()) {
      keys.add(one.key());
      cases.add(compile(inBranch(one.entity(), traits), new Place(rule, one.key()), rule));
    }
    Entity rest = kind.otherwise();
    Place restPlace = new Place(rule, LuaString.valueOf("default"));
    node.setCases(keys, cases, rest == null ? null : compile(rest, restPlace, rule), kind.strict());
    underWay.remove(kind);
    return node;
  }

  /** The cases of a branch with a name have it. */
  private static Entity inBranch(Entity entity, Traits branch) {
    LuaString name = branch.name();
    if (name == null) {
      return entity;
    }
    LuaString own = entity.traits().name();
    if (own != null) {
      throw Raised.at("named element '" + own.tojstring() + "' are not supported in named branch");
    }
    return entity.with(entity.traits().named(name));
  }

  private Node array(Kind.Array kind, Traits traits, Place place, @Nullable String rule) {
    Node inner = underWay.get(kind);
    if (inner instanceof ArrayNode known) {
      ArrayNode again = new ArrayNode(place, kind, traits);
      again.setElementOf(known);
      return recursion(place, again);
    }
    ArrayNode node = new ArrayNode(place, kind, traits);
    underWay.put(kind, node);
    Node element = compile(kind.element(), new Place(rule, place.id()), rule);
    LuaValue resultClass = resolved(kind.element()).traits().resultClass();
    node.setElement(element, new CompiledEntity(runtime, element, resultClass), resultClass);
    underWay.remove(kind);
    return node;
  }
}
