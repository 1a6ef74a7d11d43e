package dev.tiaki.netfilter.nftables.rule;

import org.jspecify.annotations.Nullable;

/** A statement that remembers: counts, and some let the rule go on or not. */
public sealed interface State extends Statement {
  /**
   * A counter.
   *
   * @param totals what it begins with or has counted, or null
   */
  record Counter(@Nullable Totals totals) implements State {}

  /**
   * What a counter has counted.
   *
   * @param packets how many packets
   * @param bytes how many octets
   */
  record Totals(long packets, long bytes) {}

  /**
   * Matches until, or from when, so much has passed.
   *
   * @param value how much
   * @param unit of the value
   * @param used what has passed
   * @param usedUnit of what has passed
   * @param isOver true: matches from then on
   */
  record Quota(long value, QuotaUnit unit, long used, QuotaUnit usedUnit, boolean isOver)
      implements State {}

  /**
   * Matches as long as, or as soon as, a rate is kept.
   *
   * @param rate how much per period
   * @param unit what is counted
   * @param period the time
   * @param burst how much more may come at once, or null: 5 packets, or no octets
   * @param burstUnit octets, kbytes or mbytes when {@code unit} is no packets; else ignored
   * @param isOver true: matches what exceeds the rate
   */
  record Limit(
      long rate,
      LimitUnit unit,
      LimitPeriod period,
      @Nullable Long burst,
      LimitUnit burstUnit,
      boolean isOver)
      implements State {}

  /**
   * Matches by the number of connections.
   *
   * @param count how many
   * @param isOver true: matches when there are more
   */
  record ConnectionCount(long count, boolean isOver) implements State {}

  /**
   * When the rule was reached last.
   *
   * @param usedMillis how long ago, or null: never
   */
  record LastUsed(@Nullable Long usedMillis) implements State {}

  /**
   * Uses an object of the table.
   *
   * @param type what kind of object
   * @param name its name, or a {@link MapLookup} that gives the name
   */
  record ObjectUse(ObjectType type, Expression name) implements State {}
}
