package dev.tiaki.lua.binding;

import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** The id of an alert that was posted, with which a rule can tell more about it. */
public final class AlertValue extends NativeObject {
  private static final String NAME = "alert_id";

  private final long id;
  private final Update update;

  AlertValue(NativeClass nativeClass, long id, Update update) {
    super(id, nativeClass);
    this.id = id;
    this.update = update;
  }

  /** Posts an update of an alert. */
  @FunctionalInterface
  public interface Update {
    /** Posts what {@code fields} says about the alert {@code id}. */
    void post(long id, LuaValue fields);
  }

  static NativeClass describe() {
    return new NativeClass(NAME, AttributeNames.NONE)
        .method("update", AlertValue::update)
        .printable();
  }

  private static Varargs update(Varargs all) {
    AlertValue self = Arg.of(all, 1, AlertValue.class, NAME, "update");
    self.update.post(self.id, all.arg(2));
    return LuaValue.NONE;
  }

  /** Returns the id, from 1. */
  public long id() {
    return id;
  }

  @Override
  protected LuaValue read(int attribute) {
    return NIL;
  }

  @Override
  public String tojstring() {
    return Long.toString(id);
  }
}
