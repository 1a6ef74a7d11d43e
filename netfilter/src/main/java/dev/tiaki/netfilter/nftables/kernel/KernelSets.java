package dev.tiaki.netfilter.nftables.kernel;

import dev.tiaki.netfilter.netlink.AttributeCursor;
import dev.tiaki.netfilter.netlink.MessageWriter;
import dev.tiaki.netfilter.netlink.Netlink;
import dev.tiaki.netfilter.netlink.NetlinkMessages;
import dev.tiaki.netfilter.netlink.NetlinkRequests;
import dev.tiaki.netfilter.netlink.NetlinkTransactions;
import dev.tiaki.netfilter.netlink.NetworkNamespace;
import dev.tiaki.netfilter.nftables.rule.NftFamily;
import java.io.IOException;
import java.util.function.Consumer;

/**
 * Sets and maps of a network namespace by netlink: an element is in the kernel microseconds after
 * it was asked for, where a run of nft takes milliseconds.
 *
 * <pre>{@code
 * try (KernelSets sets = KernelSets.open(NetworkNamespace.own())) {
 *   KernelSet blocked = sets.set(NftFamily.INET, "filter", "blocked");
 *   blocked.add(SetElement.of(address).lasting(Duration.ofMinutes(5)));
 * }
 * }</pre>
 *
 * May be used by several threads at a time.
 */
public final class KernelSets implements AutoCloseable {
  private static final int TABLE = 1;
  private static final int NAME = 2;

  private final NetworkNamespace namespace;
  private final NetlinkRequests requests;
  private final NetlinkTransactions transactions;

  private KernelSets(
      NetworkNamespace namespace, NetlinkRequests requests, NetlinkTransactions transactions) {
    this.namespace = namespace;
    this.requests = requests;
    this.transactions = transactions;
  }

  /**
   * Opens those of a network namespace.
   *
   * @throws IOException when that is not possible
   */
  public static KernelSets open(NetworkNamespace namespace) throws IOException {
    NetlinkRequests requests = new NetlinkRequests(namespace);
    try {
      return new KernelSets(
          namespace, requests, new NetlinkTransactions(namespace, NfTables.SUBSYSTEM));
    } catch (IOException e) {
      requests.close();
      throw e;
    }
  }

  /**
   * Returns a set or map that is there. What it holds is asked for once: one that is deleted and
   * made anew with other types must be looked up again.
   *
   * @throws IOException when it is not there
   */
  public KernelSet set(NftFamily family, String table, String name) throws IOException {
    SetDescription[] found = new SetDescription[1];
    String what = "set " + family.word() + " " + table + " " + name;
    requests.execute(
        what,
        writer ->
            named(
                NfTables.begin(writer, NfTables.GET_SET, NfTables.REQUEST_ACK, family),
                table,
                name),
        messages ->
            found[0] =
                SetDescription.read(
                    family, table, name, messages.attributes(new AttributeCursor())));
    if (found[0] == null) {
      throw new IOException(what + ": the kernel gave no answer");
    }
    return new KernelSet(this, found[0]);
  }

  private static void named(MessageWriter writer, String table, String name) {
    writer.text(TABLE, table).text(NAME, name).end();
  }

  /** Returns changes of any sets, to be carried out together. */
  public SetChanges changes() {
    return new SetChanges(transactions);
  }

  NetworkNamespace namespace() {
    return namespace;
  }

  NetlinkTransactions transactions() {
    return transactions;
  }

  void ask(String what, Consumer<MessageWriter> request, Consumer<NetlinkMessages> answer)
      throws IOException {
    requests.execute(what, request, answer);
  }

  /**
   * Returns the kernel's number of the ruleset, for {@link SetChanges#onlyIf}.
   *
   * @throws IOException when the kernel refuses
   */
  public long generation() throws IOException {
    return RulesetGeneration.read(requests);
  }

  /** Returns a counter by its name. */
  public CounterValue counter(NftFamily family, String table, String name) throws IOException {
    return CounterValue.ask(requests, family, table, name, NfTables.GET_OBJECT);
  }

  /** As {@link #counter}; from then on it counts from 0 again. */
  public CounterValue resetCounter(NftFamily family, String table, String name) throws IOException {
    return CounterValue.ask(requests, family, table, name, NfTables.GET_OBJECT_RESET);
  }

  static MessageWriter elements(MessageWriter writer, int type, int flags, SetDescription set) {
    return NfTables.begin(writer, type, flags | Netlink.REQUEST, set.family())
        .text(TABLE, set.table())
        .text(NAME, set.name());
  }

  /** Closes the sockets. */
  @Override
  public void close() {
    transactions.close();
    requests.close();
  }
}
