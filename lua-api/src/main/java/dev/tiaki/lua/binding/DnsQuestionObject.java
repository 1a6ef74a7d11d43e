package dev.tiaki.lua.binding;

import dev.tiaki.dissector.dns.DnsQuestion;
import org.luaj.vm2.LuaValue;

/** A question of a DNS message as Lua sees it. */
final class DnsQuestionObject extends InstanceObject {
  private static final AttributeNames ATTRIBUTES = AttributeNames.of("class", "name", "type");
  private static final int CLASS = 0;
  private static final int NAME = 1;

  private final DnsQuestion question;

  DnsQuestionObject(Bindings bindings, DnsQuestion question) {
    super(bindings, bindings.dnsQuestions);
    this.question = question;
  }

  static InstanceClass describe() {
    return new InstanceClass("Result", ATTRIBUTES);
  }

  @Override
  LuaValue read(int attribute) {
    return switch (attribute) {
      case CLASS -> valueOf(question.recordClass());
      case NAME -> valueOf(question.name().toString());
      default -> DnsValues.type(bindings, question.type());
    };
  }

  @Override
  void write(int attribute, LuaValue value) {
    switch (attribute) {
      case CLASS -> question.setRecordClass(Arg.unsignedInt(value));
      case NAME -> question.setName(DnsValues.name(value));
      default -> question.setType(DnsValues.typeNumber(value));
    }
  }
}
