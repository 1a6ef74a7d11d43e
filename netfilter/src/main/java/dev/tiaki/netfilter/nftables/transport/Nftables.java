package dev.tiaki.netfilter.nftables.transport;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tiaki.netfilter.netlink.NetworkNamespace;
import dev.tiaki.netfilter.nftables.check.DocumentCheck;
import dev.tiaki.netfilter.nftables.check.NftProblem;
import dev.tiaki.netfilter.nftables.json.NftReader;
import dev.tiaki.netfilter.nftables.json.NftWriter;
import dev.tiaki.netfilter.nftables.json.ReadResult;
import dev.tiaki.netfilter.nftables.model.Command;
import dev.tiaki.netfilter.nftables.model.NftDocument;
import dev.tiaki.netfilter.nftables.model.Selection;
import dev.tiaki.netfilter.nftables.model.SelectionKind;
import dev.tiaki.netfilter.nftables.rule.NftFamily;
import dev.tiaki.netfilter.nftables.version.NftVersion;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The ruleset of a network namespace.
 *
 * <pre>{@code
 * try (Nftables nftables = Nftables.open()) {
 *   nftables.apply(document);                 // all of it, or nothing and an exception
 *   NftDocument listed = nftables.ruleset();
 * }
 * }</pre>
 *
 * A document that the installed release would misread or die of is refused before nft sees it. May
 * be used by several threads at a time.
 */
public final class Nftables implements AutoCloseable {
  private static final NftReader LISTINGS = NftReader.lenient();

  private final NftTransport transport;
  private final DocumentCheck check;
  private final NftWriter writer = NftWriter.DEFAULT;

  /** Uses a transport to an nft of this release. */
  public Nftables(NftTransport transport, NftVersion version) {
    this.transport = transport;
    this.check = DocumentCheck.of(version);
  }

  /**
   * Opens the ruleset of the program's own network namespace with the machine's nft.
   *
   * @throws NftException when there is none
   */
  public static Nftables open() throws NftException {
    return in(NetworkNamespace.own());
  }

  /** As {@link #open()} in another network namespace. */
  public static Nftables in(NetworkNamespace namespace) throws NftException {
    NftProgram program = NftProgram.find();
    return new Nftables(NftProcess.of(program, namespace), program.version());
  }

  /** Returns the release of nft. */
  public NftVersion version() {
    return check.version();
  }

  /**
   * Does what a document says as one transaction.
   *
   * @throws NftException when it was not done; the exception tells the command to blame, what nft
   *     and the kernel said, and whether the ruleset is certainly as it was
   */
  public Applied apply(NftDocument document) throws NftException {
    return run(document, false);
  }

  /**
   * Tries a document without doing anything: nft parses it and the kernel tries it against the
   * present ruleset.
   *
   * @throws NftException when it would be refused, as in {@link #apply}
   */
  public void tryOut(NftDocument document) throws NftException {
    run(document, true);
  }

  private Applied run(NftDocument document, boolean isDryRun) throws NftException {
    Optional<NftProblem> problem = check.check(document);
    if (problem.isPresent()) {
      throw new NftException(NftException.Kind.INVALID, NftException.Effect.NONE, problem.get());
    }
    String json = writer.toText(document);
    OptionalLong before = isDryRun ? OptionalLong.empty() : transport.generation();
    try {
      NftAnswer answer = transport.exchange(new NftRequest(json, isDryRun, false));
      if (!answer.isClean()) {
        throw refusal(document, answer);
      }
      return proven(json, answer);
    } catch (NftException e) {
      throw e.with(isDryRun ? NftException.Effect.NONE : effect(e.kind(), before));
    }
  }

  /** Every transaction raises the number, so that an unchanged one proves that there was none. */
  private NftException.Effect effect(NftException.Kind kind, OptionalLong before) {
    return switch (kind) {
      case NO_PROGRAM, NOT_PERMITTED, INVALID, REFUSED -> NftException.Effect.NONE;
      case CRASHED, TIMED_OUT, UNPROVEN ->
          before.isPresent() && before.equals(transport.generation())
              ? NftException.Effect.NONE
              : NftException.Effect.UNKNOWN;
    };
  }

  private NftException refusal(NftDocument document, NftAnswer answer) {
    String said = ErrorText.of(answer.errors());
    if (answer.isCrash()) {
      return new NftException(
          NftException.Kind.CRASHED,
          "nft crashed with exit status %d; it said: %s".formatted(answer.exitStatus(), said));
    }
    if (answer.errors().contains("Operation not permitted")) {
      return new NftException(
          NftException.Kind.NOT_PERMITTED,
          said + "; this needs CAP_NET_ADMIN in the network namespace (run as root)");
    }
    if (answer.exitStatus() == 0) {
      return new NftException(NftException.Kind.UNPROVEN, "nft did it, but says: " + said);
    }
    return new NftException(
        NftException.Kind.REFUSED,
        NftException.Effect.NONE,
        new Culprit(transport, writer, document, answer).find());
  }

  private static Applied proven(String json, NftAnswer answer) throws NftException {
    Echo echo = Echo.read(answer.output());
    try {
      String difference = echo == null ? "" : echo.difference(json);
      JsonNode echoed = echo == null ? null : echo.echo();
      if (echo == null || echoed == null || difference != null) {
        throw new NftException(
            NftException.Kind.UNPROVEN,
            "the echo of nft is not what it was given"
                + (difference == null || difference.isEmpty()
                    ? ""
                    : ", from " + difference + " on"));
      }
      List<NftDocument> listings = new ArrayList<>();
      for (JsonNode listing : echo.listings()) {
        listings.add(read(listing));
      }
      return new Applied(read(echoed), listings);
    } catch (NftException e) {
      throw e;
    } catch (IOException e) {
      throw new IllegalStateException("our own JSON cannot be read", e);
    }
  }

  private static NftDocument read(JsonNode json) throws NftException {
    return switch (LISTINGS.read(json.toString())) {
      case ReadResult.Read(NftDocument document) -> document;
      case ReadResult.Refused(NftProblem problem) ->
          throw new NftException(NftException.Kind.UNPROVEN, NftException.Effect.UNKNOWN, problem);
    };
  }

  /**
   * Lists what is selected, with handles.
   *
   * @throws NftException when it is not there, or cannot be listed
   */
  public NftDocument list(Selection selection) throws NftException {
    return apply(NftDocument.of(new Command.Listing(selection))).listings().getFirst();
  }

  /** Lists everything of all families. */
  public NftDocument ruleset() throws NftException {
    return list(Selection.ruleset());
  }

  /** Lists a table with all that is in it, or nothing when there is no such table. */
  public Optional<NftDocument> table(NftFamily family, String name) throws NftException {
    NftDocument tables = list(Selection.all(SelectionKind.TABLES, family));
    return tables.objects().anyMatch(table -> table.table().equals(name))
        ? Optional.of(list(Selection.table(family, name)))
        : Optional.empty();
  }

  /** Returns a table to be made, replaced and removed as a whole. */
  public OwnTable ownTable(NftFamily family, String name) {
    return new OwnTable(this, family, name);
  }

  /** Closes the transport. */
  @Override
  public void close() {
    transport.close();
  }
}
