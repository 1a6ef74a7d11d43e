package dev.tiaki.netfilter.nftables.compare;

import dev.tiaki.netfilter.nftables.json.NftWriter;
import dev.tiaki.netfilter.nftables.model.BaseChain;
import dev.tiaki.netfilter.nftables.model.Chain;
import dev.tiaki.netfilter.nftables.model.Elements;
import dev.tiaki.netfilter.nftables.model.Flowtable;
import dev.tiaki.netfilter.nftables.model.NamedSet;
import dev.tiaki.netfilter.nftables.model.NftDocument;
import dev.tiaki.netfilter.nftables.model.NftObject;
import dev.tiaki.netfilter.nftables.model.Rule;
import dev.tiaki.netfilter.nftables.model.SetDatatype;
import dev.tiaki.netfilter.nftables.model.StatefulObject;
import dev.tiaki.netfilter.nftables.model.Table;
import dev.tiaki.netfilter.nftables.model.UnknownObject;
import dev.tiaki.netfilter.nftables.rule.Expression;
import dev.tiaki.netfilter.nftables.rule.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Rulesets for people, one line for each thing; statements stay JSON. */
public final class RulesetText {
  private static final int SHOWN_ELEMENTS = 20;

  private RulesetText() {}

  /**
   * Returns a listing as lines: tables, in them chains with their rules, sets, and the rest.
   *
   * @throws UnclearRuleset when it is no listing
   */
  public static List<String> lines(NftDocument listing) throws UnclearRuleset {
    List<String> lines = new ArrayList<>();
    for (TableContent content : RulesetContent.of(listing).tables().values()) {
      lines.add(line(content.table()));
      content.others().values().forEach(other -> lines.add("  " + line(other)));
      content.sets().values().forEach(set -> lines.add("  " + line(set)));
      for (Map.Entry<String, Chain> chain : content.chains().entrySet()) {
        lines.add("  " + line(chain.getValue()));
        content.rules(chain.getKey()).forEach(rule -> lines.add("    " + line(rule)));
      }
    }
    return lines;
  }

  static String line(NftObject object) {
    return switch (object) {
      case Table table -> "table " + table.family().word() + " " + table.name();
      case Chain chain -> "chain " + chain.identity().name() + base(chain.base());
      case Rule rule -> rule(rule);
      case NamedSet set -> set(set);
      case Elements elements ->
          "elements of " + elements.identity().name() + ": " + elements(elements.elements());
      case Flowtable table -> NftWriter.DEFAULT.toText(table);
      case StatefulObject stateful -> NftWriter.DEFAULT.toText(stateful);
      case UnknownObject unknown -> unknown.kind().word() + " " + unknown.json().text();
    };
  }

  private static String base(@Nullable BaseChain base) {
    if (base == null) {
      return "";
    }
    String devices = base.devices().isEmpty() ? "" : " on " + String.join(", ", base.devices());
    String policy = base.policy() == null ? "accept" : base.policy().word();
    return " (%s at %s%s, priority %d, policy %s)"
        .formatted(base.type().word(), base.hook().word(), devices, base.priority(), policy);
  }

  private static String rule(Rule rule) {
    String number = rule.handle() == null ? "rule" : "rule " + rule.handle();
    String comment = rule.comment() == null ? "" : "  # " + rule.comment();
    List<Statement> statements = rule.statements();
    return number
        + ": "
        + (statements.isEmpty()
            ? "(nothing)"
            : statements.stream().map(NftWriter.DEFAULT::toText).collect(Collectors.joining(" ")))
        + comment;
  }

  private static String set(NamedSet set) {
    String flags =
        set.flags().stream().map(flag -> " " + flag.word()).collect(Collectors.joining());
    String to = set.data() == null ? "" : " -> " + type(set.data());
    String elements = set.elements().isEmpty() ? "" : ": " + elements(set.elements());
    return set.kind().word()
        + " "
        + set.identity().name()
        + " ("
        + type(set.type())
        + to
        + flags
        + ")"
        + elements;
  }

  private static String type(SetDatatype type) {
    return switch (type) {
      case SetDatatype.Named(List<String> names) -> String.join(" . ", names);
      case SetDatatype.TypeOf(Expression expression) ->
          "typeof " + NftWriter.DEFAULT.toText(expression);
    };
  }

  static String elements(List<Expression> elements) {
    String shown =
        elements.stream()
            .limit(SHOWN_ELEMENTS)
            .map(NftWriter.DEFAULT::toText)
            .collect(Collectors.joining(", "));
    int more = elements.size() - SHOWN_ELEMENTS;
    return more > 0 ? shown + ", and " + more + " more" : shown;
  }
}
