package dev.tiaki.lua.haka;

import dev.tiaki.dissector.http.HttpBody;
import dev.tiaki.dissector.smtp.SmtpMail;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What rules keep with one body, each at a place of its own. */
final class BodySlots {
  private @Nullable Object[] slots = new @Nullable Object[2];

  private BodySlots() {}

  static BodySlots of(HttpBody body) {
    if (body.scriptData() instanceof BodySlots known) {
      return known;
    }
    BodySlots made = new BodySlots();
    body.setScriptData(made);
    return made;
  }

  static BodySlots of(SmtpMail mail) {
    if (mail.scriptData() instanceof BodySlots known) {
      return known;
    }
    BodySlots made = new BodySlots();
    mail.setScriptData(made);
    return made;
  }

  @Nullable Object get(int slot) {
    return slot < slots.length ? slots[slot] : null;
  }

  void put(int slot, Object value) {
    if (slot >= slots.length) {
      slots = Arrays.copyOf(slots, slot + 1);
    }
    slots[slot] = value;
  }
}
