package dev.tiaki.netfilter.nftables.rule;

/** What becomes of a packet: a statement, and the data of verdict maps. */
public sealed interface Verdict extends Statement, Expression {
  /** Returns the word that nftables has for it. */
  String word();

  /** Verdicts that name no chain. */
  enum Simple implements Verdict, Word {
    /** The packet passes this hook. */
    ACCEPT("accept"),
    /** The packet is dropped. */
    DROP("drop"),
    /** The next rule is looked at. */
    CONTINUE("continue"),
    /** The calling chain goes on. */
    RETURN("return");

    private final String word;

    Simple(String word) {
      this.word = word;
    }

    @Override
    public String word() {
      return word;
    }
  }

  /**
   * Another chain is run, and this one goes on when it returns.
   *
   * @param target the name of a chain of the same table
   */
  record Jump(String target) implements Verdict {
    @Override
    public String word() {
      return "jump";
    }
  }

  /**
   * Another chain is run instead of this one.
   *
   * @param target the name of a chain of the same table
   */
  record Goto(String target) implements Verdict {
    @Override
    public String word() {
      return "goto";
    }
  }
}
