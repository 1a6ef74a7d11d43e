package dev.tiaki.netfilter.nftables.json;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tiaki.netfilter.nftables.model.Command;
import dev.tiaki.netfilter.nftables.model.Identity;
import dev.tiaki.netfilter.nftables.model.Metainfo;
import dev.tiaki.netfilter.nftables.model.NftItem;
import dev.tiaki.netfilter.nftables.model.NftObject;
import dev.tiaki.netfilter.nftables.model.ObjectKind;
import dev.tiaki.netfilter.nftables.model.Selection;
import dev.tiaki.netfilter.nftables.model.SelectionKind;
import dev.tiaki.netfilter.nftables.model.Target;
import dev.tiaki.netfilter.nftables.model.UnknownItem;
import java.io.IOException;

/** Items of a document as JSON. */
final class ItemWriter {
  private final JsonOutput out;
  private final JsonGenerator json;
  private final ObjectWriter objects;

  ItemWriter(JsonOutput out) {
    this.out = out;
    this.json = out.json();
    this.objects = new ObjectWriter(out);
  }

  StatementWriter statements() {
    return objects.statements();
  }

  void write(NftItem item) throws IOException {
    if (item instanceof UnknownItem(var raw)) {
      out.raw(raw);
      return;
    }
    json.writeStartObject();
    switch (item) {
      case Metainfo metainfo -> metainfo(metainfo);
      case NftObject object -> objects.write(object, false);
      case Command command -> command(command);
      case UnknownItem _ -> throw new IllegalStateException("written above");
    }
    json.writeEndObject();
  }

  private void metainfo(Metainfo metainfo) throws IOException {
    out.open("metainfo");
    out.text("version", metainfo.version());
    out.text("release_name", metainfo.releaseName());
    out.number("json_schema_version", metainfo.schemaVersion());
    out.extras(metainfo.extras());
    out.close();
  }

  private void command(Command command) throws IOException {
    switch (command) {
      case Command.Add(NftObject object) -> object("add", object);
      case Command.Create(NftObject object) -> object("create", object);
      case Command.Insert(var rule) -> object("insert", rule);
      case Command.Replace(var rule) -> object("replace", rule);
      case Command.Delete(Target target) -> target("delete", target);
      case Command.Destroy(Target target) -> target("destroy", target);
      case Command.Listing(Selection selection) -> selection("list", selection);
      case Command.Reset(Selection selection) -> selection("reset", selection);
      case Command.Flush(Selection selection) -> selection("flush", selection);
      case Command.Rename(Identity chain, String newName) -> {
        out.open("rename");
        out.open("chain");
        objects.identity(chain);
        out.text("newname", newName);
        out.close();
        out.close();
      }
    }
  }

  private void object(String command, NftObject object) throws IOException {
    out.open(command);
    objects.write(object, true);
    out.close();
  }

  private void target(String command, Target target) throws IOException {
    out.open(command);
    switch (target) {
      case Target.OfElements(Identity set, var elements, var extras) -> {
        out.open("element");
        objects.identity(set.withHandle(null));
        objects.elements("elem", elements);
        out.extras(extras);
      }
      case Target.Reference reference -> reference(reference);
    }
    out.close();
    out.close();
  }

  private void reference(Target.Reference reference) throws IOException {
    out.open(reference.kind().word());
    out.word("family", reference.family());
    out.text(reference.kind() == ObjectKind.TABLE ? "name" : "table", reference.table());
    out.text(reference.kind() == ObjectKind.RULE ? "chain" : "name", reference.name());
    out.number("handle", reference.handle());
    out.extras(reference.extras());
  }

  private void selection(String command, Selection selection) throws IOException {
    out.open(command);
    String kind = selection.kind().word();
    if (selection.equals(Selection.all(selection.kind(), null))) {
      out.none(kind);
    } else {
      out.open(kind);
      out.word("family", selection.family());
      out.text(selection.kind() == SelectionKind.TABLE ? "name" : "table", selection.table());
      boolean isOfRules =
          selection.kind() == SelectionKind.RULE || selection.kind() == SelectionKind.RULES;
      out.text(isOfRules ? "chain" : "name", selection.name());
      out.number("handle", selection.handle());
      objects.elements("elem", selection.elements());
      out.extras(selection.extras());
      out.close();
    }
    out.close();
  }
}
