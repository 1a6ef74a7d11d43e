package dev.tiaki.netfilter.nftables.rule;

/** A statement that lets the rule go on or not. */
public sealed interface Condition extends Statement {
  /**
   * A comparison.
   *
   * @param comparison how
   * @param left what is compared, known as the packet passes
   * @param right with what
   */
  record Match(Comparison comparison, Expression left, Expression right) implements Condition {}

  /**
   * A verdict by a map.
   *
   * @param key what is looked up
   * @param data an {@link Composite.AnonymousSet} of pairs with verdicts, or a {@link
   *     Value.SetReference}
   */
  record VerdictMap(Expression key, Expression data) implements Condition {}

  /**
   * An extension of xtables, as rules made by {@code iptables-nft} list. nftables never takes them
   * back.
   *
   * @param type {@code match}, {@code target} or {@code watcher}
   * @param name of the extension
   */
  record Xtables(String type, String name) implements Condition {}
}
