package dev.tiaki.netfilter.nftables.json;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tiaki.netfilter.nftables.model.BaseChain;
import dev.tiaki.netfilter.nftables.model.Chain;
import dev.tiaki.netfilter.nftables.model.Elements;
import dev.tiaki.netfilter.nftables.model.Flowtable;
import dev.tiaki.netfilter.nftables.model.Identity;
import dev.tiaki.netfilter.nftables.model.NamedSet;
import dev.tiaki.netfilter.nftables.model.NftObject;
import dev.tiaki.netfilter.nftables.model.Rule;
import dev.tiaki.netfilter.nftables.model.SetDatatype;
import dev.tiaki.netfilter.nftables.model.StatefulObject;
import dev.tiaki.netfilter.nftables.model.Table;
import dev.tiaki.netfilter.nftables.model.UnknownObject;
import dev.tiaki.netfilter.nftables.rule.Expression;
import java.io.IOException;
import java.util.List;

/** Objects as JSON: each is one property. */
final class ObjectWriter {
  private final JsonOutput out;
  private final JsonGenerator json;
  private final StatementWriter statements;
  private final StatefulObjectWriter stateful;

  ObjectWriter(JsonOutput out) {
    this.out = out;
    this.json = out.json();
    this.statements = new StatementWriter(out);
    this.stateful = new StatefulObjectWriter(out);
  }

  StatementWriter statements() {
    return statements;
  }

  /** Writes an object; {@code isCommanded}: not as in listings, where a rule may lack expr. */
  void write(NftObject object, boolean isCommanded) throws IOException {
    if (object instanceof UnknownObject unknown) {
      json.writeFieldName(unknown.kind().word());
      out.raw(unknown.json());
      return;
    }
    out.open(object.kind().word());
    switch (object) {
      case Table table -> table(table);
      case Chain chain -> chain(chain);
      case Rule rule -> rule(rule, isCommanded);
      case NamedSet set -> set(set);
      case Elements elements -> {
        identity(elements.identity());
        elements("elem", elements.elements());
        out.extras(elements.extras());
      }
      case Flowtable flowtable -> flowtable(flowtable);
      case StatefulObject kept -> stateful.write(kept);
      case UnknownObject _ -> throw new IllegalStateException("written above");
    }
    out.close();
  }

  void identity(Identity identity) throws IOException {
    identity(out, identity);
  }

  static void identity(JsonOutput out, Identity identity) throws IOException {
    out.word("family", identity.family());
    out.text("table", identity.table());
    out.text("name", identity.name());
    out.number("handle", identity.handle());
  }

  private void table(Table table) throws IOException {
    out.word("family", table.family());
    out.text("name", table.name());
    out.number("handle", table.handle());
    out.flags("flags", table.flags());
    out.text("comment", table.comment());
    out.extras(table.extras());
  }

  private void chain(Chain chain) throws IOException {
    identity(chain.identity());
    BaseChain base = chain.base();
    if (base != null) {
      out.word("type", base.type());
      out.word("hook", base.hook());
      out.number("prio", base.priority());
      out.word("policy", base.policy());
      out.texts("dev", base.devices());
    }
    out.text("comment", chain.comment());
    out.extras(chain.extras());
  }

  private void rule(Rule rule, boolean isCommanded) throws IOException {
    out.word("family", rule.family());
    out.text("table", rule.table());
    out.text("chain", rule.chain().name());
    out.number("handle", rule.handle());
    out.number("index", rule.index());
    out.text("comment", rule.comment());
    if (isCommanded || !rule.statements().isEmpty()) {
      json.writeFieldName("expr");
      statements.list(rule.statements());
    }
    out.extras(rule.extras());
  }

  private void set(NamedSet set) throws IOException {
    identity(set.identity());
    datatype("type", set.type());
    SetDatatype data = set.data();
    if (data != null) {
      datatype("map", data);
    }
    out.text("comment", set.comment());
    out.word("policy", set.policy());
    out.number("size", set.size());
    out.words("flags", set.flags());
    out.number("timeout", set.timeoutSeconds());
    out.number("gc-interval", set.gcIntervalSeconds());
    out.isTrue("auto-merge", set.autoMerge());
    elements("elem", set.elements());
    if (!set.statements().isEmpty()) {
      json.writeFieldName("stmt");
      statements.list(set.statements());
    }
    out.extras(set.extras());
  }

  private void datatype(String key, SetDatatype datatype) throws IOException {
    switch (datatype) {
      case SetDatatype.Named(var names) -> out.texts(key, names);
      case SetDatatype.TypeOf(var expression) -> {
        out.open(key);
        statements.expressions().property("typeof", expression);
        out.close();
      }
    }
  }

  void elements(String key, List<Expression> elements) throws IOException {
    if (!elements.isEmpty()) {
      json.writeFieldName(key);
      statements.expressions().list(elements);
    }
  }

  private void flowtable(Flowtable flowtable) throws IOException {
    identity(flowtable.identity());
    out.word("hook", flowtable.hook());
    out.number("prio", flowtable.priority());
    out.texts("dev", flowtable.devices());
    out.extras(flowtable.extras());
  }
}
