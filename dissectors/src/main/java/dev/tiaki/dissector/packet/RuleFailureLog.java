package dev.tiaki.dissector.packet;

import dev.tiaki.engine.log.LogSection;
import dev.tiaki.engine.rule.RuleFailure;
import java.util.HashMap;
import java.util.Map;

/**
 * Logs failing rules. A rule that fails on each of a million packets does not deserve a million
 * lines: of each place the first few failures are logged, then the hundredth, the thousandth and so
 * on. As Haka does it, every failure is logged, and only its text.
 */
final class RuleFailureLog {
  private static final int LOGGED_EACH = 5;
  private static final int FIRST_MILESTONE = 100;

  /** Places are as many as rules; rules that raise texts of their own without a place are few. */
  private static final int MAX_PLACES = 1024;

  private final LogSection log;
  private final String prefix;
  private final boolean everyOne;
  private final Map<String, Integer> counts = new HashMap<>();

  RuleFailureLog(LogSection log, String prefix, boolean everyOne) {
    this.log = log;
    this.prefix = prefix;
    this.everyOne = everyOne;
  }

  void failed(RuleFailure failure) {
    if (everyOne) {
      log.error(prefix + failure.getMessage());
      return;
    }
    int count = count(failure);
    if (count <= LOGGED_EACH || isMilestone(count)) {
      log.error(prefix + failure.getMessage() + name(failure) + times(count));
    }
  }

  private int count(RuleFailure failure) {
    String place = failure.location() != null ? failure.location() : "";
    if (counts.size() >= MAX_PLACES && !counts.containsKey(place)) {
      place = "";
    }
    return counts.merge(place, 1, Integer::sum);
  }

  private static boolean isMilestone(int count) {
    int milestone = FIRST_MILESTONE;
    while (milestone < count && milestone <= Integer.MAX_VALUE / 10) {
      milestone *= 10;
    }
    return milestone == count;
  }

  private static String name(RuleFailure failure) {
    return failure.ruleName() == null ? "" : " (rule '" + failure.ruleName() + "')";
  }

  private static String times(int count) {
    if (count == LOGGED_EACH) {
      return "; from now on only now and then";
    }
    return count < LOGGED_EACH ? "" : "; " + count + " times so far";
  }
}
