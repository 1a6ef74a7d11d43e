package dev.tiaki.netfilter.nftables.kernel;

import dev.tiaki.netfilter.netlink.AttributeCursor;
import dev.tiaki.netfilter.netlink.Errno;
import dev.tiaki.netfilter.netlink.Netlink;
import dev.tiaki.netfilter.netlink.NetlinkDump;
import dev.tiaki.netfilter.netlink.NetlinkException;
import dev.tiaki.netfilter.netlink.NetlinkMessages;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One set or map in the kernel. May be used by several threads at a time.
 *
 * <p>Keep in mind what sets cost: an element of a hash set is in the kernel within microseconds,
 * but each change of a set of intervals makes the kernel work over the whole set.
 */
public final class KernelSet {
  private static final int ELEMENTS = 3;

  private final KernelSets sets;
  private final SetDescription description;
  private final ElementCodec codec;

  KernelSet(KernelSets sets, SetDescription description) {
    this.sets = sets;
    this.description = description;
    this.codec = new ElementCodec(description);
  }

  SetDescription description() {
    return description;
  }

  ElementCodec codec() {
    return codec;
  }

  /** Returns how keys are laid out. */
  public KeyLayout layout() {
    return description.layout();
  }

  /** Adds an element; nothing happens when it is there already. */
  public void add(SetElement element) throws IOException {
    add(List.of(element));
  }

  /**
   * Adds elements, all of them or none.
   *
   * @throws SetChangeRefused when the kernel refuses one
   */
  public void add(List<SetElement> elements) throws IOException {
    sets.changes().add(this, elements).run();
  }

  /** Deletes an element by its key; fails with ENOENT when it is not there. */
  public void delete(SetElement element) throws IOException {
    delete(List.of(element));
  }

  /** Deletes elements by their keys, all of them or none. */
  public void delete(List<SetElement> elements) throws IOException {
    sets.changes().delete(this, elements).run();
  }

  /** Deletes all elements. */
  public void flush() throws IOException {
    sets.changes().flush(this).run();
  }

  /**
   * Returns the element with this key, or the interval that holds it, or nothing. Of an interval of
   * one field the answer has the first key only.
   */
  public Optional<SetElement> find(Object... key) throws IOException {
    List<ElementCodec.Listed> found = new ArrayList<>();
    byte[] octets = layout().encode(List.of(key));
    try {
      sets.ask(
          toString(),
          writer -> {
            KernelSets.elements(writer, NfTables.GET_ELEMENTS, Netlink.ACK, description);
            long nest = writer.beginNest(ELEMENTS);
            long element = writer.beginNest(ElementCodec.LIST_ELEMENT);
            ElementCodec.value(writer, ElementCodec.KEY, octets);
            if (description.isConcatenatedInterval()) {
              ElementCodec.value(writer, ElementCodec.KEY_END, octets);
            }
            writer.endNest(element);
            writer.endNest(nest);
            writer.end();
          },
          messages -> collect(messages, found));
    } catch (NetlinkException e) {
      if (e.errno() == Errno.ENOENT) {
        return Optional.empty();
      }
      throw e;
    }
    return found.stream()
        .filter(listed -> !listed.isEnd())
        .map(ElementCodec.Listed::element)
        .findFirst();
  }

  /** Returns all elements, in no particular order; intervals with both ends. */
  public List<SetElement> elements() throws IOException {
    List<ElementCodec.Listed> found = new ArrayList<>();
    try (NetlinkDump dump =
        new NetlinkDump(
            toString(),
            sets.namespace(),
            writer ->
                KernelSets.elements(writer, NfTables.GET_ELEMENTS, Netlink.DUMP, description)
                    .end())) {
      while (dump.next()) {
        collect(dump.message(), found);
      }
    }
    return description.isSimpleInterval()
        ? Intervals.of(found, layout())
        : found.stream().map(ElementCodec.Listed::element).toList();
  }

  private void collect(NetlinkMessages messages, List<ElementCodec.Listed> found) {
    AttributeCursor attributes = messages.attributes(new AttributeCursor());
    while (attributes.next()) {
      AttributeCursor elements =
          attributes.type() == ELEMENTS
              ? attributes.into(new AttributeCursor())
              : new AttributeCursor();
      while (elements.next()) {
        found.add(codec.read(elements.into(new AttributeCursor())));
      }
    }
  }

  /** Returns the set's family, table and name. */
  @Override
  public String toString() {
    return description.toString();
  }
}
