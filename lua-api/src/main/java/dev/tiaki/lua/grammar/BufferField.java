package dev.tiaki.lua.grammar;

import dev.tiaki.engine.buffer.VirtualBuffer;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaValue;

/** A field that stands in the buffer, converted and computed as its entity says. */
abstract class BufferField extends Field {
  private final Property property;
  private @Nullable LuaValue kept;

  BufferField(Property property) {
    this.property = property;
  }

  /** Returns the value as it stands in the buffer. */
  protected abstract LuaValue load();

  /** Writes the value into the buffer. */
  protected abstract void store(LuaValue value);

  /** Returns the buffer that {@link #store} writes, or null when it writes none. */
  protected abstract @Nullable VirtualBuffer target();

  @Override
  final LuaValue get(Validations validations, LuaValue self) {
    LuaValue validate = property.validate();
    if (validate != null && validations.isPending(validate)) {
      validate.call(self);
    }
    LuaValue known = kept;
    if (known == null) {
      known = property.shown(load());
      if (property.memoize()) {
        kept = known;
      }
    }
    return known;
  }

  @Override
  final void set(Validations validations, LuaValue self, LuaValue value) {
    VirtualBuffer target = target();
    if (target != null && !validations.allowsEdit(target)) {
      return;
    }
    LuaValue validate = property.validate();
    if (validate != null) {
      if (value.isnil()) {
        validations.add(validate, self);
        return;
      }
      validations.remove(validate);
    }
    kept = null;
    store(property.stored(value));
  }

  @Override
  final boolean isComputable() {
    return property.validate() != null;
  }
}
