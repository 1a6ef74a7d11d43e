package dev.tiaki.netfilter.nftables.model;

import java.util.List;
import java.util.stream.Stream;

/**
 * Commands in order, or a listing. nftables runs a document as one transaction: all of it or
 * nothing.
 *
 * @param items commands, objects and metainfo, as they follow each other
 */
public record NftDocument(List<NftItem> items) {
  /** Copies the items. */
  public NftDocument {
    items = List.copyOf(items);
  }

  /** Returns a document of these items. */
  public static NftDocument of(NftItem... items) {
    return new NftDocument(List.of(items));
  }

  /** Returns the objects that stand without a command, as in listings. */
  public Stream<NftObject> objects() {
    return items.stream().filter(NftObject.class::isInstance).map(NftObject.class::cast);
  }

  /** Returns the commands. An object without a command is the command to add it. */
  public Stream<Command> commands() {
    return items.stream()
        .flatMap(item ->
            switch (item) {
              case Command command -> Stream.of(command);
              case NftObject object -> Stream.of(new Command.Add(object));
              case Metainfo _ -> Stream.empty();
              case UnknownItem _ -> Stream.empty();
            });
  }
}
