package dev.tiaki.lua.binding;

import dev.tiaki.lua.fault.Raised;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** A {@code cnx}: one connection of a {@code cnx_table}, with counters and a value of the rules. */
final class CnxValue extends NativeObject {
  private static final AttributeNames ATTRIBUTES =
      AttributeNames.of("data", "id", "in_pkts", "in_bytes", "out_pkts", "out_bytes");
  private static final String NAME = "cnx";
  private static final int DATA = 0;

  private final CnxTableValue table;
  private final CnxTableValue.Ends ends;
  private final int id;
  private final long[] packets = new long[2];
  private final long[] bytes = new long[2];
  private LuaValue data = NIL;
  private boolean dropped;

  CnxValue(NativeClass nativeClass, CnxTableValue table, CnxTableValue.Ends ends, int id) {
    super(new Object(), nativeClass);
    this.table = table;
    this.ends = ends;
    this.id = id;
  }

  static NativeClass describe() {
    return new NativeClass(NAME, ATTRIBUTES)
        .action("close", CnxValue.class, self -> self.table.close(self))
        .action("drop", CnxValue.class, CnxValue::drop)
        .method("update_stat", CnxValue::updateStat);
  }

  CnxTableValue.Ends ends() {
    return ends;
  }

  int id() {
    return id;
  }

  boolean isDropped() {
    return dropped;
  }

  private void drop() {
    if (!dropped) {
      dropped = true;
      table.dropped(this);
    }
  }

  private static Varargs updateStat(Varargs all) {
    CnxValue self = Arg.of(all, 1, CnxValue.class, NAME, "update_stat");
    int direction =
        switch (all.checkjstring(2)) {
          case "up" -> 0;
          case "down" -> 1;
          default -> throw Raised.plain("invalid direction");
        };
    self.packets[direction]++;
    self.bytes[direction] += Arg.unsigned(all.arg(3));
    return LuaValue.NONE;
  }

  @Override
  protected LuaValue read(int attribute) {
    return switch (attribute) {
      case DATA -> data;
      case 1 -> valueOf(id);
      case 2 -> Arg.count(packets[0]);
      case 3 -> Arg.count(bytes[0]);
      case 4 -> Arg.count(packets[1]);
      default -> Arg.count(bytes[1]);
    };
  }

  @Override
  protected void write(int attribute, LuaValue value) {
    if (attribute == DATA) {
      data = value;
    }
  }
}
