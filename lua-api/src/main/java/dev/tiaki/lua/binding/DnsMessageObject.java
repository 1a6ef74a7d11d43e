package dev.tiaki.lua.binding;

import dev.tiaki.dissector.dns.DnsMessage;
import dev.tiaki.dissector.dns.DnsQuestion;
import dev.tiaki.dissector.dns.DnsRecord;
import dev.tiaki.dissector.dns.DnsSection;
import dev.tiaki.dissector.dns.DnsTransaction;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** A DNS message as Lua sees it. Its records become objects when somebody looks at them. */
public final class DnsMessageObject extends InstanceObject {
  private static final AttributeNames ATTRIBUTES =
      AttributeNames.of(
          "id",
          "qdcount",
          "ancount",
          "nscount",
          "arcount",
          "opcode",
          "rcode",
          "qr",
          "aa",
          "tc",
          "rd",
          "ra",
          "question",
          "ad",
          "cd",
          "questions");
  private static final int SHOWN = 13;
  private static final int ID = 0;
  private static final int FIRST_COUNT = 1;
  private static final int LAST_COUNT = 4;
  private static final int OPCODE = 5;
  private static final int RESULT = 6;
  private static final int QUESTION = 12;
  private static final int QUESTIONS = 15;

  /** The bit of each flag by its attribute, 0 for what is no flag. */
  private static final int[] BITS = {
    0, 0, 0, 0, 0, 0, 0, 0x8000, 0x400, 0x200, 0x100, 0x80, 0, 0x20, 0x10, 0
  };

  private static final List<DnsSection> PARTS =
      List.of(DnsSection.QUESTION, DnsSection.ANSWER, DnsSection.AUTHORITY, DnsSection.ADDITIONAL);
  private static final String[] SECTIONS = {"answer", "authority", "additional"};

  private final DnsTransaction transaction;
  private final List<DnsRecordObject> records = new ArrayList<>();
  private @Nullable LuaTable questions;
  private boolean complete;

  private DnsMessageObject(Bindings bindings, DnsTransaction transaction) {
    super(bindings, bindings.dnsMessages);
    this.transaction = transaction;
  }

  static InstanceClass describe() {
    return new InstanceClass("DnsResult", ATTRIBUTES, SHOWN)
        .verdict(
            "drop", "drop the message", DnsMessageObject.class, self -> self.transaction.drop());
  }

  /** Returns the object of a message, always the same one. */
  public static DnsMessageObject of(Bindings bindings, DnsTransaction transaction) {
    if (transaction.scriptData() instanceof DnsMessageObject known) {
      return known;
    }
    DnsMessageObject made = new DnsMessageObject(bindings, transaction);
    transaction.setScriptData(made);
    return made;
  }

  /** Brings edits of data that rules have as a buffer into the message. */
  public void flush() {
    for (DnsRecordObject record : records) {
      record.flush();
    }
  }

  private DnsMessage message() {
    return transaction.message();
  }

  @Override
  LuaValue read(int attribute) {
    DnsMessage message = message();
    if (BITS[attribute] != 0) {
      return valueOf((message.flags() & BITS[attribute]) != 0);
    }
    return switch (attribute) {
      case ID -> valueOf(message.id());
      case OPCODE -> valueOf(message.opcode());
      case RESULT -> valueOf(message.resultCode());
      case QUESTION -> questions().get(1);
      case QUESTIONS -> questions();
      default -> valueOf(message.count(PARTS.get(attribute - FIRST_COUNT)));
    };
  }

  @Override
  void write(int attribute, LuaValue value) {
    DnsMessage message = message();
    int flags = message.flags();
    if (BITS[attribute] != 0) {
      message.setFlags(value.toboolean() ? flags | BITS[attribute] : flags & ~BITS[attribute]);
    } else if (attribute >= FIRST_COUNT && attribute <= LAST_COUNT) {
      message.setCount(PARTS.get(attribute - FIRST_COUNT), Arg.unsignedInt(value));
    } else {
      switch (attribute) {
        case ID -> message.setId(Arg.unsignedInt(value));
        case OPCODE -> message.setFlags((flags & ~0x7800) | (Arg.unsignedInt(value) & 0xf) << 11);
        case RESULT -> message.setFlags((flags & ~0xf) | (Arg.unsignedInt(value) & 0xf));
        default -> {}
      }
    }
  }

  private LuaTable questions() {
    LuaTable known = questions;
    if (known == null) {
      known = array();
      for (DnsQuestion question : message().questions()) {
        known.rawset(known.rawlen() + 1, new DnsQuestionObject(bindings, question));
      }
      questions = known;
    }
    return known;
  }

  private LuaTable array() {
    LuaTable array = new LuaTable();
    array.setmetatable(bindings.dnsArrays.luaClass(bindings));
    return array;
  }

  /** Makes objects of the records, which Haka has as plain fields. */
  private void complete() {
    if (complete) {
      return;
    }
    complete = true;
    for (int i = 0; i < SECTIONS.length; i++) {
      LuaTable array = array();
      for (DnsRecord record : message().records(PARTS.get(i + 1))) {
        DnsRecordObject object = new DnsRecordObject(bindings, message(), record);
        array.rawset(array.rawlen() + 1, object);
        records.add(object);
      }
      rawset(SECTIONS[i], array);
    }
  }

  @Override
  LuaValue readUnknown(LuaValue key) {
    if (!complete && isSection(key)) {
      complete();
      return rawget(key);
    }
    return NIL;
  }

  private static boolean isSection(LuaValue key) {
    for (String section : SECTIONS) {
      if (key.raweq(LuaString.valueOf(section))) {
        return true;
      }
    }
    return false;
  }

  @Override
  public Varargs next(LuaValue key) {
    complete();
    return super.next(key);
  }
}
