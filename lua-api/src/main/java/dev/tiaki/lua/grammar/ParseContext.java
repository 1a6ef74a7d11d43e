package dev.tiaki.lua.grammar;

import dev.tiaki.engine.buffer.BufferIterator;
import dev.tiaki.engine.buffer.SubBuffer;
import dev.tiaki.engine.log.LogLevel;
import dev.tiaki.engine.log.LogSection;
import dev.tiaki.lua.binding.Bindings;
import dev.tiaki.lua.binding.IteratorValue;
import dev.tiaki.lua.fault.Raised;
import dev.tiaki.lua.text.ByteText;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;

/**
 * One parse, or the creation of one message: where it stands, the results so far and what is kept
 * in the stream. Callbacks see it as a table on which they may put what they want.
 */
final class ParseContext extends LuaTable {
  private static final int MAX_RECURSION = 10;
  private static final int TRACED_BYTES = 20;
  private static final long RESULT_BYTES = 256;

  private final GrammarRuntime runtime;
  private final ArrayList<LuaTable> results = new ArrayList<>();
  private final ArrayList<BufferIterator> marks = new ArrayList<>();
  private final Validations validations;
  private final @Nullable List<LuaValue> inits;
  private final boolean tracing;
  private IteratorValue iterator;
  private LuaValue user;
  private int bitOffset;
  private int recursion;
  private @Nullable ParseError error;

  ParseContext(
      GrammarRuntime runtime, IteratorValue iterator, LuaValue user, @Nullable LuaValue init) {
    this.runtime = runtime;
    this.validations = new Validations(runtime.bindings());
    this.iterator = iterator;
    this.user = user;
    if (init == null) {
      inits = null;
    } else {
      inits = new ArrayList<>();
      inits.add(init);
    }
    tracing = runtime.log().isDebugEnabled();
    iterator.iterator().setMeter(0);
  }

  /** Returns the context that a callback was given. */
  static ParseContext of(LuaValue value) {
    if (value instanceof ParseContext context) {
      return context;
    }
    throw Raised.at("parse context expected, got " + value.typename());
  }

  GrammarRuntime runtime() {
    return runtime;
  }

  Bindings bindings() {
    return runtime.bindings();
  }

  IteratorValue input() {
    return iterator;
  }

  /** Returns the place of the parse. */
  BufferIterator position() {
    return iterator.iterator();
  }

  int bitOffset() {
    return bitOffset;
  }

  void setBitOffset(int bits) {
    bitOffset = bits;
  }

  // ---- steps

  /** Runs one node; false after a parse error, which then knows its place. */
  boolean run(Node node) {
    runtime.charge(1);
    if (tracing) {
      trace(node);
    }
    boolean parsed = node.parse(this);
    ParseError known = error;
    if (parsed && known == null) {
      return true;
    }
    if (known != null) {
      known.at(node);
    }
    return false;
  }

  /** Calls a function; false when it reported an error. */
  boolean call(LuaValue function, LuaValue first, LuaValue second, LuaValue third) {
    function.call(first, second, third);
    return error == null;
  }

  /** Notes a parse error at this place and returns false. */
  boolean fail(String description) {
    raise(description);
    return false;
  }

  /** Notes a parse error at this place. */
  void raise(String description) {
    if (error != null) {
      throw Raised.at("multiple parse errors raised");
    }
    error = new ParseError(iterator, position(), description);
  }

  @Nullable ParseError error() {
    return error;
  }

  /** Forgets the error, because there is something else to try. */
  void forgive() {
    ParseError known = error;
    LogSection log = runtime.log();
    if (known != null && log.isDebugEnabled()) {
      log.debug("catched: " + known.text());
      log.debug("         " + known.context());
    }
    error = null;
  }

  /** Logs the error that nothing caught. */
  void logError() {
    ParseError known = error;
    LogSection log = runtime.log();
    if (known != null && log.isEnabled(LogLevel.DEBUG)) {
      log.debug(known.text());
      log.debug(known.context());
    }
  }

  private void trace(Node node) {
    String what = node.traceName();
    if (what == null || node.id().isnil()) {
      return;
    }
    LuaString name = node.name();
    String field = name == null ? node.id().tojstring() : "'" + name.tojstring() + "'";
    String rule = node.rule() == null ? "<unknown>" : node.rule();
    runtime
        .log()
        .debug(
            "in rule '%s' field %s: parsing %s\n\tat byte %d: %s..."
                .formatted(
                    rule, field, what, position().meter(), SafeText.of(position(), TRACED_BYTES)));
  }

  // ---- recursion

  /** Goes one recursion deeper. */
  void enterRecursion() {
    if (++recursion > MAX_RECURSION) {
      throw Raised.at("grammar max recursion reached");
    }
  }

  void leaveRecursion() {
    recursion--;
  }

  // ---- results

  LuaTable result() {
    return results.getLast();
  }

  int depth() {
    return results.size();
  }

  /** Returns a result by its number from the outermost, or from the innermost when negative. */
  LuaTable result(long index) {
    long at = index < 0 ? results.size() + index : index - 1;
    if (at < 0 || at >= results.size()) {
      throw Raised.at("invalid result index");
    }
    return results.get((int) at);
  }

  /** Makes a result of a class and makes it the current one; {@code key} is its place in inits. */
  ResultTable push(@Nullable LuaValue resultClass, @Nullable LuaValue key) {
    runtime.charge(1);
    runtime.chargeBytes(RESULT_BYTES);
    LuaValue parent = results.isEmpty() ? NIL : results.getLast();
    ResultTable made = new ResultTable(validations, user, parent);
    runtime.classes().makeInstance(made, resultClass);
    pushTable(made, key);
    return made;
  }

  /** Makes a table the current result. */
  void pushTable(LuaTable table, @Nullable LuaValue key) {
    List<LuaValue> known = inits;
    if (known != null && !results.isEmpty()) {
      LuaValue current = known.getLast();
      known.add(key == null ? current : current.istable() ? current.get(key) : NIL);
    }
    results.add(table);
  }

  void pop() {
    results.removeLast();
    List<LuaValue> known = inits;
    if (known != null && !results.isEmpty()) {
      known.removeLast();
    }
  }

  /** Drops results until there are {@code depth} of them. */
  void popTo(int depth) {
    while (results.size() > depth) {
      pop();
    }
  }

  /** Tells whether a message is created, not parsed. */
  boolean isCreating() {
    return inits != null;
  }

  /** Returns the table that the current result is to be filled from; nil when there is none. */
  LuaValue init() {
    List<LuaValue> known = inits;
    return known == null ? NIL : known.getLast();
  }

  // ---- what is kept in the stream

  boolean copiesOnly() {
    return bindings().context().mode().readOnlyBuffers();
  }

  /** Keeps the data from here on in its stream. */
  void mark(boolean readOnly) {
    BufferIterator mark = position().copy();
    mark.mark(readOnly);
    bindings().keeps(mark.buffer());
    marks.add(mark);
  }

  /** Removes the innermost mark. */
  void unmark() {
    if (marks.isEmpty()) {
      throw Raised.at("no mark to remove");
    }
    marks.removeLast().unmark();
  }

  int marks() {
    return marks.size();
  }

  /** Removes marks until there are {@code count} of them. */
  void unmarkTo(int count) {
    while (marks.size() > count) {
      BufferIterator mark = marks.removeLast();
      if (mark.isValid()) {
        mark.unmark();
      }
    }
  }

  // ---- what callbacks see

  /** Returns the next byte without passing it, or -1 at the end. */
  int lookahead() {
    if (!iterator.waitForData()) {
      return -1;
    }
    return position().copy().read();
  }

  /** Returns the range of the next bytes and passes them; null when there is nothing. */
  @Nullable SubBuffer take(long count) {
    return iterator.take(count);
  }

  @Override
  public LuaValue get(LuaValue key) {
    LuaValue own = super.rawget(key);
    if (!own.isnil()) {
      return own;
    }
    if (!(key instanceof LuaString name)) {
      return NIL;
    }
    return switch (ByteText.of(name)) {
      case "iter" -> iterator;
      case "user" -> user;
      case "retain_mark" -> marks.isEmpty() ? NIL : bindings().iterator(marks.getLast());
      case "init" -> valueOf(inits != null);
      case "current_init" -> init();
      case "_bitoffset" -> valueOf(bitOffset);
      case "_error" -> error == null ? NIL : error;
      default -> runtime.contextMethods().rawget(name);
    };
  }

  @Override
  public void set(LuaValue key, LuaValue value) {
    if (key instanceof LuaString name && value instanceof IteratorValue other && isIter(name)) {
      iterator = other;
    } else if (key instanceof LuaString name && ByteText.of(name).equals("user")) {
      user = value;
    } else {
      rawset(key, value);
    }
  }

  private static boolean isIter(LuaString name) {
    return ByteText.of(name).equals("iter");
  }
}
