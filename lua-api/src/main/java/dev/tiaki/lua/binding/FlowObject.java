package dev.tiaki.lua.binding;

import dev.tiaki.dissector.tcpconnection.StreamDissector;
import dev.tiaki.dissector.tcpconnection.TcpFlow;
import dev.tiaki.engine.flow.Direction;
import dev.tiaki.engine.rule.RuleAbort;
import dev.tiaki.lua.fault.Raised;
import dev.tiaki.lua.lib.Builtin;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/**
 * A TCP connection as Lua sees it: a table, in which rules keep what they like, with the attributes
 * and methods of the connection behind it. There is one for each connection that a rule saw.
 */
public final class FlowObject extends LuaTable implements Emitter, Members {
  /** The direction from the initiator to the responder. */
  public static final LuaString UP = LuaString.valueOf("up");

  /** The direction from the responder to the initiator. */
  public static final LuaString DOWN = LuaString.valueOf("down");

  private static final AttributeNames ATTRIBUTES =
      FlowAttributes.followedBy("data", "name", "state", "connection", "midstream");
  private static final int DATA = FlowAttributes.COUNT;
  private static final int NAME = DATA + 1;
  private static final int STATE = DATA + 2;
  private static final int CONNECTION = DATA + 3;
  private static final String TYPE = "tcp_connection";
  private static final String DROP = "drop the connection";

  /** What Haka's own state machine calls, and no rule: the engine orders the streams itself. */
  private static final String[] OF_THE_ENGINE = {"push", "finish", "clearstream"};

  private static final @Nullable Object[] NONE_YET = {};
  private static final @Nullable Object[] ENDED = {null};

  private final Bindings bindings;
  private final TcpFlow flow;
  private @Nullable Object[] readers = NONE_YET;
  private LuaValue selected = NIL;

  FlowObject(Bindings bindings, TcpFlow flow) {
    this.bindings = bindings;
    this.flow = flow;
  }

  /** Makes the methods of connections. */
  static LuaTable methods() {
    LuaTable methods = new LuaTable();
    verdict(methods, "drop", DROP, self -> self.flow.drop());
    verdict(methods, "reset", "reset the connection", self -> self.flow.reset());
    verdict(methods, "halfreset", "reset the server's side", self -> self.flow.halfReset());
    verdict(methods, "bypass", "bypass the connection", self -> self.flow.bypass());
    verdict(methods, "error", DROP, self -> self.flow.drop());
    action(methods, "continue", FlowObject::continueOrAbort);
    Builtin.add(methods, "select_next_dissector", FlowObject::select);
    Builtin.add(methods, "parent", all -> NIL);
    for (String name : OF_THE_ENGINE) {
      Builtin.add(methods, name, FlowObject::refuse);
    }
    Builtin.add(methods, "next_dissector", all -> self(all, "next_dissector").above());
    Builtin.add(methods, "send", FlowObject::send);
    Builtin.add(methods, "can_continue", all -> valueOf(self(all, "can_continue").canContinue()));
    return methods;
  }

  private static void action(LuaTable methods, String name, NativeClass.Action<FlowObject> body) {
    Builtin.add(
        methods,
        name,
        all -> {
          body.run(self(all, name));
          return NONE;
        });
  }

  private static void verdict(
      LuaTable methods, String name, String words, NativeClass.Action<FlowObject> body) {
    action(
        methods,
        name,
        self -> {
          if (self.bindings.allows(words)) {
            body.run(self);
          }
        });
  }

  private static FlowObject self(Varargs all, String function) {
    return Arg.of(all, 1, FlowObject.class, TYPE, function);
  }

  private static Varargs refuse(Varargs all) {
    throw Raised.plain("operation not supported");
  }

  private void continueOrAbort() {
    if (!canContinue()) {
      throw RuleAbort.instance();
    }
  }

  private static Varargs select(Varargs all) {
    FlowObject self = self(all, "select_next_dissector");
    LuaValue dissector = all.arg(2);
    if (!dissector.istable() || dissector instanceof EngineDissector) {
      String name = DissectorName.of(dissector);
      StreamDissector next =
          self.bindings.dissectors().tcpConnection().applications().open(name, self.flow);
      self.flow.setNextDissector(DissectorName.require(next, name));
      self.selected = NIL;
      return NONE;
    }
    self.selected = dissector;
    if (self.flow.packets() > 0) {
      self.bindings.selectedOn(self);
    }
    return NONE;
  }

  /** Returns the Lua dissector on top of the connection, or nil. */
  private LuaValue above() {
    return flow.nextDissector() instanceof ScriptedStream scripted ? scripted.object() : NIL;
  }

  /** Returns the dissector that was selected last, or nil; it is forgotten. */
  public LuaValue takeSelected() {
    LuaValue taken = selected;
    selected = NIL;
    return taken;
  }

  private static Varargs send(Varargs all) {
    LuaValue direction = all.arg(2);
    self(all, "send").flow.send(direction.isnil() ? null : direction(direction));
    return NONE;
  }

  /** Returns the direction that a rule names. */
  private static Direction direction(LuaValue name) {
    if (UP.raweq(name)) {
      return Direction.UP;
    }
    if (DOWN.raweq(name)) {
      return Direction.DOWN;
    }
    throw Raised.plain("invalid direction '" + name.tojstring() + "', expected 'up' or 'down'");
  }

  /** Returns the name of a direction. */
  public static LuaString nameOf(Direction direction) {
    return direction == Direction.UP ? UP : DOWN;
  }

  /** Returns the connection. */
  public TcpFlow flow() {
    return flow;
  }

  @Override
  public boolean canContinue() {
    return flow.canContinue();
  }

  /** Returns what was kept under {@code index} by {@link #keepReader}, or null. */
  public @Nullable Object reader(int index) {
    return index < readers.length ? readers[index] : null;
  }

  /** Keeps what reads a stream of this connection under a small index. */
  public void keepReader(int index, Object reader) {
    if (index >= readers.length) {
      @Nullable Object[] longer = new @Nullable Object[index + 1];
      System.arraycopy(readers, 0, longer, 0, readers.length);
      readers = longer;
    }
    readers[index] = reader;
  }

  /** Returns everything kept by {@link #keepReader} and forgets it for good. */
  public @Nullable Object[] endReaders() {
    @Nullable Object[] kept = readers;
    readers = ENDED;
    return kept;
  }

  /** Tells whether {@link #endReaders} was called. */
  public boolean isEnded() {
    return readers == ENDED;
  }

  @Override
  public List<String> memberNames() {
    return AttributeNames.with(ATTRIBUTES, bindings.flowMethods);
  }

  @Override
  public LuaValue get(LuaValue key) {
    LuaValue own = rawget(key);
    if (!own.isnil()) {
      return own;
    }
    int attribute = ATTRIBUTES.indexOf(key);
    if (attribute >= 0) {
      return read(attribute);
    }
    LuaValue method = bindings.flowMethods.rawget(key);
    return method; // what was never assigned reads as nil
  }

  private LuaValue read(int attribute) {
    if (attribute < FlowAttributes.COUNT) {
      return FlowAttributes.read(bindings, flow, attribute);
    }
    return switch (attribute) {
      case DATA -> NIL;
      case NAME -> LuaString.valueOf(TYPE);
      case STATE -> state();
      case CONNECTION -> this;
      default -> valueOf(flow.isMidstream());
    };
  }

  private LuaValue state() {
    String state = flow.stateName();
    return state == null ? NIL : LuaString.valueOf(state);
  }
}
