package dev.tiaki.netfilter.nftables.transport;

import dev.tiaki.netfilter.nftables.check.NftProblem;
import dev.tiaki.netfilter.nftables.check.Pointer;
import dev.tiaki.netfilter.nftables.json.NftWriter;
import dev.tiaki.netfilter.nftables.model.Command;
import dev.tiaki.netfilter.nftables.model.NftDocument;
import dev.tiaki.netfilter.nftables.model.NftItem;
import dev.tiaki.netfilter.nftables.model.NftObject;
import dev.tiaki.netfilter.nftables.model.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds which command of a refused document is to blame. The parser of nft counts the commands it
 * does not understand; what the kernel refuses is not named at all, so that beginnings of the
 * document are tried, without doing anything, until the shortest one that is refused is found.
 */
final class Culprit {
  private static final Pattern COMMAND =
      Pattern.compile("Parsing command array at index (\\d+) failed");
  private static final Pattern STATEMENT =
      Pattern.compile("Parsing expr array at index (\\d+) failed");

  /** Enough for the halves of a million commands, as long as nft is quick. */
  private static final int MAX_RUNS = 40;

  private static final long MAX_NANOS = 20_000_000_000L;

  private final NftTransport transport;
  private final NftWriter writer;
  private final NftDocument document;
  private final String errors;
  private final long began = System.nanoTime();
  private int runs;
  private String reason;

  Culprit(NftTransport transport, NftWriter writer, NftDocument document, NftAnswer answer) {
    this.transport = transport;
    this.writer = writer;
    this.document = document;
    this.reason = ErrorText.of(answer.errors());
    this.errors = answer.errors();
  }

  /** Returns the culprit, or a problem of no command in particular when it was not found. */
  NftProblem find() {
    String first = reason;
    try {
      return search();
    } catch (NftException e) {
      return new NftProblem(-1, "", first); // nft hangs or is gone by now: what it said first holds
    }
  }

  private NftProblem search() throws NftException {
    Matcher parsed = COMMAND.matcher(errors);
    List<NftItem> items = document.items();
    if (parsed.find()) {
      int index = Integer.parseInt(parsed.group(1));
      return index < items.size() ? parsed(index) : new NftProblem(-1, "", reason);
    }
    int length = shortestRefused(items);
    return length == 0 ? new NftProblem(-1, "", reason) : refused(length - 1);
  }

  private NftProblem parsed(int index) {
    Pointer at = ItemPointer.of(document.items().get(index), index);
    Matcher statement = STATEMENT.matcher(errors);
    if (statement.find()) {
      at = at.at("expr").at(Integer.parseInt(statement.group(1)));
    }
    return new NftProblem(index, at.toString(), reason);
  }

  /** Returns the length of the shortest beginning that is refused, or 0. */
  private int shortestRefused(List<NftItem> items) throws NftException {
    int taken = 0;
    int refused = items.size();
    while (refused - taken > 1) {
      if (isOver()) {
        return 0;
      }
      int middle = (taken + refused) >>> 1;
      if (isRefused(items.subList(0, middle))) {
        refused = middle;
      } else {
        taken = middle;
      }
    }
    // the state of the kernel may be another by now: what is said must have been seen
    return refused > 0 && isRefused(items.subList(0, refused)) ? refused : 0;
  }

  private boolean isOver() {
    return runs >= MAX_RUNS || System.nanoTime() - began > MAX_NANOS;
  }

  private boolean isRefused(List<NftItem> items) throws NftException {
    runs++;
    NftAnswer answer = transport.exchange(NftRequest.dryRun(writer.toText(new NftDocument(items))));
    if (!answer.isClean() && !answer.isCrash()) {
      reason = ErrorText.of(answer.errors());
    }
    return !answer.isClean();
  }

  private NftProblem refused(int index) throws NftException {
    NftItem item = document.items().get(index);
    String said = reason;
    Pointer at = ItemPointer.of(item, index);
    Rule rule = rule(item);
    int statement = rule == null ? -1 : statement(rule, item, index);
    if (statement >= 0) {
      at = at.at("expr").at(statement);
    }
    return new NftProblem(index, at.toString(), said);
  }

  private static @Nullable Rule rule(NftItem item) {
    return switch (item) {
      case Rule rule -> rule;
      case Command.Add(NftObject object) -> object instanceof Rule rule ? rule : null;
      case Command.Insert(Rule rule) -> rule;
      case Command.Replace(Rule rule) -> rule;
      default -> null;
    };
  }

  /** Returns which statement of a rule is refused, or -1 when it is the rule as such. */
  private int statement(Rule rule, NftItem item, int index) throws NftException {
    for (int length = 0; length <= rule.statements().size() && !isOver(); length++) {
      Rule shorter =
          new Rule(
              rule.chain(),
              rule.index(),
              rule.comment(),
              rule.statements().subList(0, length),
              rule.extras());
      List<NftItem> beginning = new ArrayList<>(document.items().subList(0, index));
      beginning.add(instead(item, shorter));
      if (isRefused(beginning)) {
        return length - 1;
      }
    }
    return -1;
  }

  private static NftItem instead(NftItem item, Rule rule) {
    return switch (item) {
      case Command.Insert _ -> new Command.Insert(rule);
      case Command.Replace _ -> new Command.Replace(rule);
      default -> new Command.Add(rule);
    };
  }
}
