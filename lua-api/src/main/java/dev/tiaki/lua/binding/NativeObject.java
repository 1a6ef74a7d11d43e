package dev.tiaki.lua.binding;

import dev.tiaki.lua.fault.Raised;
import dev.tiaki.lua.text.NumberText;
import java.util.List;
import org.luaj.vm2.LuaUserdata;
import org.luaj.vm2.LuaValue;

/**
 * An object of the engine as Lua handles it. Attributes are found by a switch over their index in
 * {@link AttributeNames}, methods in the table of the {@link NativeClass}.
 */
public abstract class NativeObject extends LuaUserdata implements Members {
  private final NativeClass nativeClass;

  /** Makes a handle of {@code instance}, which also decides when two handles are equal. */
  protected NativeObject(Object instance, NativeClass nativeClass) {
    super(instance, nativeClass);
    this.nativeClass = nativeClass;
  }

  /** Returns the type of the object. */
  public final NativeClass nativeClass() {
    return nativeClass;
  }

  @Override
  public List<String> memberNames() {
    return nativeClass.memberNames();
  }

  @Override
  public LuaValue get(LuaValue key) {
    int attribute = nativeClass.attributes().indexOf(key);
    if (attribute >= 0) {
      return read(attribute);
    }
    LuaValue method = nativeClass.methodCalled(key);
    return method.isnil() ? readUnknown(key) : method;
  }

  @Override
  public void set(LuaValue key, LuaValue value) {
    int attribute = nativeClass.attributes().indexOf(key);
    if (attribute >= 0) {
      if (nativeClass.allowsEdits()) {
        write(attribute, value);
      }
    } else {
      writeUnknown(key, value);
    }
  }

  /** Returns the attribute with this index. */
  protected abstract LuaValue read(int attribute);

  /** Sets the attribute with this index; one that can only be read is left as it is. */
  protected void write(int attribute, LuaValue value) {}

  /** Returns what reading a name gives that is neither attribute nor method. */
  protected LuaValue readUnknown(LuaValue key) {
    throw unknownField(key);
  }

  /** Does what writing a name does that is no attribute. */
  protected void writeUnknown(LuaValue key, LuaValue value) {
    throw unknownField(key);
  }

  /** Returns the error that there is no field {@code key}. */
  protected static Raised unknownField(LuaValue key) {
    return Raised.plain("unknown field '" + key.tojstring() + "'");
  }

  @Override
  public String tojstring() {
    return NumberText.identity(nativeClass.name(), m_instance);
  }
}
