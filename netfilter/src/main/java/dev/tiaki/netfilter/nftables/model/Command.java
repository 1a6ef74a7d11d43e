package dev.tiaki.netfilter.nftables.model;

/** One command of a document. */
public sealed interface Command extends NftItem {
  /**
   * Adds; what is there already stays, but a rule is always added anew.
   *
   * @param object what
   */
  record Add(NftObject object) implements Command {}

  /**
   * Adds, and fails when it is there already.
   *
   * @param object what; no rule
   */
  record Create(NftObject object) implements Command {}

  /**
   * Puts a rule at the front, or before the one its handle or index names.
   *
   * @param rule what
   */
  record Insert(Rule rule) implements Command {}

  /**
   * Puts a rule in the place of the one its handle names.
   *
   * @param rule what
   */
  record Replace(Rule rule) implements Command {}

  /**
   * Deletes, and fails when it is not there.
   *
   * @param target what
   */
  record Delete(Target target) implements Command {}

  /**
   * Deletes what may not be there; since nftables 1.0.7.
   *
   * @param target what
   */
  record Destroy(Target target) implements Command {}

  /**
   * Lists.
   *
   * @param selection what
   */
  record Listing(Selection selection) implements Command {}

  /**
   * Lists, and begins counting at 0.
   *
   * @param selection what
   */
  record Reset(Selection selection) implements Command {}

  /**
   * Empties: of a table the rules go, of a set the elements.
   *
   * @param selection what
   */
  record Flush(Selection selection) implements Command {}

  /**
   * Renames a chain.
   *
   * @param chain which
   * @param newName its new name
   */
  record Rename(Identity chain, String newName) implements Command {}
}
