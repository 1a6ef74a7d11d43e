package dev.tiaki.lua.lib.string;

import dev.tiaki.lua.budget.RuleBudget;
import dev.tiaki.lua.fault.Raised;
import dev.tiaki.lua.lib.Arguments;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/**
 * One match of a Lua pattern against a string by backtracking. Every step counts against the
 * budget, so that a pattern with exponential cost ends like an endless loop.
 *
 * <p>Positions are indices into the arrays; {@code NO_MATCH} stands for failure.
 */
final class PatternMatch {
  static final int NO_MATCH = -1;
  private static final int MOST_CAPTURES = 32;
  private static final int POSITION = -2;
  private static final int OPEN = -1;

  /** Deepest nesting of choices, as in C Lua 5.2; keeps the Java stack small. */
  private static final int DEEPEST = 200;

  private static final int STEPS_PER_COUNT = 256;

  private final RuleBudget budget;
  private final byte[] source;
  private final int sourceStart;
  private final int sourceEnd;
  private final byte[] pattern;
  private final int patternEnd;
  private final PatternClass classes;
  private final int[] captureStart;
  private final int[] captureLength;
  private int captures;
  private int depth;
  private int steps;

  PatternMatch(RuleBudget budget, LuaString source, LuaString pattern) {
    this.budget = budget;
    this.source = source.m_bytes;
    this.sourceStart = source.m_offset;
    this.sourceEnd = source.m_offset + source.m_length;
    this.pattern = pattern.m_bytes;
    this.patternEnd = pattern.m_offset + pattern.m_length;
    this.classes = new PatternClass(pattern.m_bytes, patternEnd);
    int most = Math.min(MOST_CAPTURES, parentheses(pattern));
    this.captureStart = new int[most];
    this.captureLength = new int[most];
  }

  private static int parentheses(LuaString pattern) {
    int count = 0;
    for (int i = 0; i < pattern.m_length; i++) {
      count += pattern.m_bytes[pattern.m_offset + i] == '(' ? 1 : 0;
    }
    return count;
  }

  /** Matches at one place and returns the index behind the match, or {@link #NO_MATCH}. */
  int matchAt(int s, int p) {
    captures = 0;
    depth = 0;
    return match(s, p);
  }

  private int match(int start, int patternStart) {
    if (++depth > DEEPEST) {
      throw Raised.at("pattern too complex");
    }
    int s = start;
    int p = patternStart;
    while (true) {
      step();
      if (p == patternEnd) {
        break;
      }
      int c = pattern[p];
      if (c == '(') {
        s =
            p + 1 < patternEnd && pattern[p + 1] == ')'
                ? open(s, p + 2, POSITION)
                : open(s, p + 1, OPEN);
        break;
      } else if (c == ')') {
        s = close(s, p + 1);
        break;
      } else if (c == '$' && p + 1 == patternEnd) {
        s = s == sourceEnd ? s : NO_MATCH;
        break;
      }
      int next = c == '%' && p + 1 < patternEnd ? special(s, p) : SINGLE;
      if (next == NO_MATCH) {
        s = NO_MATCH;
        break;
      } else if (next != SINGLE) {
        s = next;
        p = specialEnd;
        continue;
      }
      int end = classes.end(p);
      int suffix = end < patternEnd ? pattern[end] : 0;
      if (suffix == '*' || suffix == '+' || suffix == '-' || suffix == '?') {
        s = repeated(s, p, end, suffix);
        break;
      } else if (s < sourceEnd && classes.matches(source[s] & 0xff, p, end)) {
        s++;
        p = end;
      } else {
        s = NO_MATCH;
        break;
      }
    }
    depth--;
    return s;
  }

  /** What {@link #special} returns when the item is an ordinary one. */
  private static final int SINGLE = -3;

  private int specialEnd;

  /**
   * {@code %b}, {@code %f} and back references: returns the new position and sets where they end.
   */
  private int special(int s, int p) {
    int c = pattern[p + 1];
    if (c == 'b') {
      specialEnd = p + 4;
      return balanced(s, p + 2);
    } else if (c == 'f') {
      return frontier(s, p + 2);
    } else if (c >= '0' && c <= '9') {
      specialEnd = p + 2;
      return backReference(s, c);
    }
    return SINGLE;
  }

  private int repeated(int s, int p, int end, int suffix) {
    boolean one = s < sourceEnd && classes.matches(source[s] & 0xff, p, end);
    return switch (suffix) {
      case '?' -> optional(s, end, one);
      case '+' -> one ? longest(s + 1, p, end) : NO_MATCH;
      case '*' -> longest(s, p, end);
      default -> shortest(s, p, end);
    };
  }

  private int optional(int s, int end, boolean one) {
    int result = one ? match(s + 1, end + 1) : NO_MATCH;
    return result != NO_MATCH ? result : match(s, end + 1);
  }

  private int longest(int s, int p, int end) {
    int count = 0;
    while (s + count < sourceEnd && classes.matches(source[s + count] & 0xff, p, end)) {
      count++;
    }
    steps += count >> 4;
    for (int i = count; i >= 0; i--) {
      int result = match(s + i, end + 1);
      if (result != NO_MATCH) {
        return result;
      }
    }
    return NO_MATCH;
  }

  private int shortest(int start, int p, int end) {
    int s = start;
    while (true) {
      int result = match(s, end + 1);
      if (result != NO_MATCH) {
        return result;
      }
      if (s >= sourceEnd || !classes.matches(source[s] & 0xff, p, end)) {
        return NO_MATCH;
      }
      s++;
    }
  }

  private int open(int s, int p, int kind) {
    if (captures >= MOST_CAPTURES) {
      throw Raised.at("too many captures");
    }
    captureStart[captures] = s;
    captureLength[captures] = kind;
    captures++;
    int result = match(s, p);
    if (result == NO_MATCH) {
      captures--;
    }
    return result;
  }

  private int close(int s, int p) {
    int index = captures - 1;
    while (index >= 0 && captureLength[index] != OPEN) {
      index--;
    }
    if (index < 0) {
      throw Raised.at("invalid pattern capture");
    }
    captureLength[index] = s - captureStart[index];
    int result = match(s, p);
    if (result == NO_MATCH) {
      captureLength[index] = OPEN;
    }
    return result;
  }

  private int balanced(int s, int p) {
    if (p + 1 >= patternEnd) {
      throw Raised.at("unbalanced pattern");
    }
    if (s >= sourceEnd || source[s] != pattern[p]) {
      return NO_MATCH;
    }
    int nested = 1;
    for (int i = s + 1; i < sourceEnd; i++) {
      if (source[i] == pattern[p + 1]) {
        if (--nested == 0) {
          return i + 1;
        }
      } else if (source[i] == pattern[p]) {
        nested++;
      }
    }
    return NO_MATCH;
  }

  private int frontier(int s, int p) {
    if (p >= patternEnd || pattern[p] != '[') {
      throw Raised.at("missing '[' after '%f' in pattern");
    }
    int end = classes.end(p);
    specialEnd = end;
    int before = s == sourceStart ? 0 : source[s - 1] & 0xff;
    int here = s == sourceEnd ? 0 : source[s] & 0xff;
    return !classes.matches(before, p, end) && classes.matches(here, p, end) ? s : NO_MATCH;
  }

  private int backReference(int s, int digit) {
    int index = digit - '1';
    if (index < 0 || index >= captures || captureLength[index] == OPEN) {
      throw Raised.at("invalid capture index");
    }
    int length = Math.max(0, captureLength[index]);
    if (sourceEnd - s < length) {
      return NO_MATCH;
    }
    for (int i = 0; i < length; i++) {
      if (source[captureStart[index] + i] != source[s + i]) {
        return NO_MATCH;
      }
    }
    return s + length;
  }

  private void step() {
    if (++steps >= STEPS_PER_COUNT) {
      budget.work(steps);
      steps = 0;
    }
  }

  /** Returns how many captures there are. */
  int captureCount() {
    return captures;
  }

  /** Returns the bytes between two indices. */
  LuaString text(int start, int end) {
    return LuaString.valueOf(source, start, end - start);
  }

  /** Returns one capture, from 0; the whole match stands for the first when there is none. */
  LuaValue capture(int index, int start, int end) {
    if (index >= captures) {
      if (index != 0) {
        throw Raised.at("invalid capture index");
      }
      return text(start, end);
    }
    int length = captureLength[index];
    if (length == OPEN) {
      throw Raised.at("unfinished capture");
    }
    return length == POSITION
        ? Arguments.valueOf(captureStart[index] - sourceStart + 1)
        : LuaString.valueOf(source, captureStart[index], length);
  }

  /**
   * Returns all captures, or the whole match when the pattern has none and {@code whole} is set.
   */
  Varargs captures(int start, int end, boolean whole) {
    int count = captures == 0 && whole ? 1 : captures;
    if (count == 1) {
      return capture(0, start, end);
    }
    LuaValue[] values = new LuaValue[count];
    for (int i = 0; i < count; i++) {
      values[i] = capture(i, start, end);
    }
    return LuaValue.varargsOf(values);
  }
}
